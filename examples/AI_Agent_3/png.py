"""Write and read PNG files: 8-bit RGB, no interlacing, which is what these examples make."""
import struct
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data) & 0xFFFFFFFF)


def write_png(path, width, height, pixels):
    """`pixels` holds three bytes for each pixel, row by row from the top."""
    if len(pixels) != 3 * width * height:
        raise ValueError(f"{path}: {width} x {height} takes {3 * width * height} bytes, got {len(pixels)}")
    stride = 3 * width
    rows = b"".join(b"\0" + bytes(pixels[start:start + stride]) for start in range(0, len(pixels), stride))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    with open(path, "wb") as file:
        file.write(SIGNATURE + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))


def read_png(path):
    """Width, height and pixels of a file that `write_png` made; every checksum is verified."""
    with open(path, "rb") as file:
        data = file.read()
    if data[:8] != SIGNATURE:
        raise ValueError(f"{path} is not a PNG file")
    place, parts = 8, {}
    while place < len(data):
        length, kind = struct.unpack(">I4s", data[place:place + 8])
        body = data[place + 8:place + 8 + length]
        if chunk(kind, body) != data[place:place + 12 + length]:
            raise ValueError(f"{path} is damaged: checksum of {kind.decode('latin-1')} at byte {place}")
        parts[kind] = parts.get(kind, b"") + body
        place += 12 + length
    width, height = struct.unpack(">II", parts[b"IHDR"][:8])
    rows, stride = zlib.decompress(parts[b"IDAT"]), 3 * width + 1
    if any(rows[start] for start in range(0, len(rows), stride)):
        raise ValueError(f"{path} uses row filters, which only other programs write")
    return width, height, b"".join(rows[start + 1:start + stride] for start in range(0, len(rows), stride))
