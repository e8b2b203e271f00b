"""Read binary PPM pictures (P6, 8 bit)."""
import re


def read_ppm(path):
    """Width, height and the bytes of the pixels. Raises ValueError that says what is wrong with the file."""
    with open(path, "rb") as file:
        data = file.read()
    header = re.match(rb"P6\s+(?:#[^\n]*\n\s*)*(\d+)\s+(\d+)\s+(\d+)\s", data)
    if not header:
        raise ValueError(f"{path} is not a binary PPM (P6) picture; convert it to one first")
    width, height, deepest = (int(number) for number in header.groups())
    pixels = data[header.end():]
    if deepest != 255 or len(pixels) != 3 * width * height or not pixels:
        raise ValueError(f"{path} should hold {width} x {height} pixels of 8 bits, "
                         f"it has {len(pixels)} bytes and a maximum of {deepest}; save it again as 8-bit PPM")
    return width, height, pixels
