/** The role whose queue runs GUI tests. */
export const GUI_ROLE = 'gui_testing';
