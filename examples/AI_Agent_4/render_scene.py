"""Build a small scene with Blender, render it and check the picture.

Run inside Blender:  blender --background --python-exit-code 1 --python render_scene.py -- --samples 16
"""
import argparse
import math
import os
import sys
from pathlib import Path

try:
    import bpy
except ImportError:
    sys.exit("render_scene.py needs Blender: run it with "
             "`blender --background --python-exit-code 1 --python render_scene.py`")

HERE = Path(__file__).resolve().parent


def output_folder():
    folder = Path(os.environ.get("PARALLEL_WORKFLOW_OUTPUT") or HERE / "out")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def material(name, colour, roughness=0.4, metallic=0.0):
    made = bpy.data.materials.new(name)
    if made.node_tree is None:  # before Blender 5 nodes are off at first
        made.use_nodes = True
    shader = next(node for node in made.node_tree.nodes if node.type == "BSDF_PRINCIPLED")
    shader.inputs["Base Color"].default_value = (*colour, 1.0)
    shader.inputs["Roughness"].default_value = roughness
    shader.inputs["Metallic"].default_value = metallic
    return made


def add_spiral(count):
    """Spheres on a rising spiral, from blue to orange."""
    for place in range(count):
        share = place / (count - 1)
        angle, radius = place * 2.39996, 0.4 + 2.2 * math.sqrt(share)  # the golden angle
        size = 0.24 + 0.2 * share
        bpy.ops.mesh.primitive_ico_sphere_add(
            subdivisions=3, radius=size,
            location=(radius * math.cos(angle), radius * math.sin(angle), size + 0.9 * (1 - share)))
        ball = bpy.context.object
        ball.data.materials.append(material(f"ball {place}", (0.1 + 0.8 * share, 0.25, 0.85 - 0.75 * share), 0.25, 0.3))


def build_scene(count):
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    bpy.ops.mesh.primitive_plane_add(size=30)
    bpy.context.object.data.materials.append(material("floor", (0.55, 0.55, 0.58), 0.8))
    add_spiral(count)
    bpy.ops.object.light_add(type="AREA", location=(4, -3, 6), rotation=(0.6, 0.45, 0.0))
    bpy.context.object.data.energy = 1100
    bpy.context.object.data.size = 3
    bpy.ops.object.camera_add(location=(0, -7.6, 4.4), rotation=(math.radians(62), 0, 0))
    scene.camera = bpy.context.object
    scene.world = bpy.data.worlds.new("World")
    if scene.world.node_tree is None:
        scene.world.use_nodes = True
    sky = next(node for node in scene.world.node_tree.nodes if node.type == "BACKGROUND")
    sky.inputs["Color"].default_value = (0.35, 0.45, 0.65, 1.0)
    return scene


def choose_engine(scene, wanted):
    known = [item.identifier for item in scene.render.bl_rna.properties["engine"].enum_items] + ["CYCLES"]
    fitting = [name for name in known if name.startswith({"eevee": "BLENDER_EEVEE", "cycles": "CYCLES"}[wanted])]
    if not fitting:
        sys.exit(f"This Blender ({bpy.app.version_string}) has no {wanted}, only {', '.join(known)}: use --engine")
    scene.render.engine = fitting[0]


def spread_of_brightness(path):
    """Standard deviation of all colour values, 0 for an empty picture."""
    picture = bpy.data.images.load(str(path))
    values = [value for place, value in enumerate(picture.pixels[:]) if place % 4 != 3]
    mean = math.fsum(values) / len(values)
    return tuple(picture.size), math.sqrt(math.fsum((value - mean) ** 2 for value in values) / len(values))


def main():
    given = sys.argv[sys.argv.index("--") + 1:] if "--" in sys.argv else []
    parser = argparse.ArgumentParser(prog="render_scene.py", description=__doc__.splitlines()[0])
    parser.add_argument("--engine", choices=("cycles", "eevee"), default="cycles",
                        help="cycles needs no graphics card, eevee does")
    parser.add_argument("--samples", type=int, default=16)
    parser.add_argument("--width", type=int, default=240)
    parser.add_argument("--spheres", type=int, default=24)
    options = parser.parse_args(given)
    if options.samples < 1 or options.width < 30 or options.spheres < 2:
        parser.error("--samples must be at least 1, --width at least 30 and --spheres at least 2")

    print(f"Blender {bpy.app.version_string}: building {options.spheres} spheres", flush=True)
    scene = build_scene(options.spheres)
    choose_engine(scene, options.engine)
    if options.engine == "cycles":
        scene.cycles.device, scene.cycles.samples, scene.cycles.seed = "CPU", options.samples, 1
        scene.cycles.use_denoising = False
        scene.render.threads_mode, scene.render.threads = "FIXED", 1
    else:
        scene.eevee.taa_render_samples = options.samples
    target = output_folder() / "scene.png"
    scene.render.resolution_x, scene.render.resolution_y = options.width, options.width * 2 // 3
    scene.render.resolution_percentage = 100
    scene.render.image_settings.file_format = "PNG"
    scene.render.filepath = str(target)
    for stamp in ("date", "time", "render_time", "memory", "filename", "hostname"):
        setattr(scene.render, f"use_stamp_{stamp}", False)  # nothing about the day or the machine
    bpy.ops.render.render(write_still=True)

    size, spread = spread_of_brightness(target)
    print(f"{target.name}: {size[0]} x {size[1]}, brightness varies by {spread:.3f}")
    if size != (scene.render.resolution_x, scene.render.resolution_y) or not spread > 0.03:
        sys.exit(f"{target} is {size} and nearly empty (spread {spread:.3f}): look at it, "
                 "then try --engine cycles or more --samples")


if __name__ == "__main__":
    main()
