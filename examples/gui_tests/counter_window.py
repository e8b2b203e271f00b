"""A window with a number, a button that counts up, and one that begins again."""

import tkinter as tk


class CounterWindow:
    """The window; `root` is the Tk application that it fills."""

    def __init__(self, root: tk.Tk) -> None:
        self.count = tk.IntVar(root, 0)
        self.label = tk.Label(root, textvariable=self.count)
        self.more = tk.Button(root, text="More", command=self.count_up)
        self.reset = tk.Button(root, text="Reset", command=self.begin_again, state="disabled")
        for part in (self.label, self.more, self.reset):
            part.pack()

    def count_up(self) -> None:
        self.count.set(self.count.get() + 1)
        self.reset["state"] = "normal"

    def begin_again(self) -> None:
        self.count.set(0)
        self.reset["state"] = "disabled"


if __name__ == "__main__":
    application = tk.Tk()
    CounterWindow(application)
    application.mainloop()
