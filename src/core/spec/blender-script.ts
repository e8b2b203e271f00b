/** Whether a Python source imports Blender's module, so that it can only run inside Blender. */
export function importsBpy(source: string): boolean {
  return /^[ \t]*(?:import[ \t]+(?:[\w.]+(?:[ \t]+as[ \t]+\w+)?[ \t]*,[ \t]*)*bpy\b|from[ \t]+bpy\b)/m.test(source);
}
