// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.console;

import java.util.List;

/// Some lines at the bottom of the terminal that are drawn again and again in the same place.
///
/// Line wrap is off while a frame is drawn, so that a line wider than the terminal is cut and not
/// broken in two; it is on again after each frame, so that a killed process leaves it as it was.
public final class LiveArea {
  private static final int MOST_LINES = 20;
  private static final String WRAP_OFF = "\u001b[?7l";
  private static final String WRAP_ON = "\u001b[?7h";
  private static final String CLEAR_BELOW = "\u001b[J";

  private final Console console;
  private int drawn;

  public LiveArea(Console console) {
    this.console = console;
  }

  /// Draws the lines over the ones before. Of more than twenty, only the first nineteen and the
  /// last are shown: what has scrolled out of sight cannot be redrawn.
  public void draw(List<String> lines) {
    StringBuilder frame = new StringBuilder(WRAP_OFF).append(toTop());
    drawn = Math.min(lines.size(), MOST_LINES);
    for (int i = 0; i < drawn - 1; i++) {
      frame.append(lines.get(i)).append('\n');
    }
    frame.append(lines.getLast()).append('\n').append(WRAP_ON);
    console.text(frame.toString());
  }

  /// Takes the lines away.
  public void clear() {
    console.text(toTop());
    drawn = 0;
  }

  private String toTop() {
    return (drawn == 0 ? "" : "\u001b[" + drawn + "A\r") + CLEAR_BELOW;
  }
}
