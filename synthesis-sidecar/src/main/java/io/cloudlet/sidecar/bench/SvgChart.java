package io.cloudlet.sidecar.bench;

import java.util.List;
import java.util.Locale;

/**
 * Panels of horizontal bars as an SVG document that needs nothing else and is readable on light and
 * dark ground.
 */
final class SvgChart {
  private static final int WIDTH = 800;
  private static final int LABELS = 290;
  private static final int VALUES = 110;
  private static final int ROW = 22;
  private static final int BAR = 14;
  private static final int HEAD = 44;
  private static final int GAP = 14;

  // Grey text and these two tones have a contrast of at least 3:1 on white and on GitHub's dark.
  private static final String STYLE =
      """
      <style>
      text { font: 13px system-ui, -apple-system, 'Segoe UI', sans-serif; fill: #57606a }
      .title { font-weight: 600; font-size: 14px; fill: #24292f }
      .bar { fill: #8c959f }
      .ours { fill: #0969da }
      @media (prefers-color-scheme: dark) {
        text { fill: #9198a1 }
        .title { fill: #e6edf3 }
        .bar { fill: #6e7681 }
        .ours { fill: #4493f8 }
      }
      </style>
      """;

  private SvgChart() {}

  /**
   * Bars of one unit.
   *
   * @param title what is shown, with the unit and which direction is better
   */
  record Panel(String title, List<Bar> bars) {
    Panel {
      bars = List.copyOf(bars);
    }
  }

  /**
   * One bar.
   *
   * @param value length, at least 0
   * @param text the value for people
   * @param ours whether it is this program's, and is to stand out
   */
  record Bar(String label, double value, String text, boolean ours) {}

  /** Draws panels one below the other. */
  static String draw(List<Panel> panels) {
    StringBuilder body = new StringBuilder();
    int y = 0;
    for (Panel panel : panels) {
      y = draw(panel, y, body) + GAP;
    }
    return String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
                + " height=\"%d\" role=\"img\">%n",
            WIDTH,
            y,
            WIDTH,
            y)
        + STYLE
        + body
        + "</svg>\n";
  }

  private static int draw(Panel panel, int top, StringBuilder out) {
    double largest = panel.bars().stream().mapToDouble(Bar::value).max().orElse(0);
    double scale = largest > 0 ? (WIDTH - LABELS - VALUES) / largest : 0;
    text(out, "title", "start", 0, top + HEAD / 2, panel.title());
    int y = top + HEAD - ROW / 2;
    for (Bar bar : panel.bars()) {
      double length = Math.max(1, bar.value() * scale);
      int base = y + BAR - 3;
      text(out, "", "end", LABELS - 8, base, bar.label());
      out.append(
          String.format(
              Locale.ROOT,
              "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>%n",
              bar.ours() ? "ours" : "bar",
              LABELS,
              y,
              length,
              BAR));
      text(out, "", "start", (int) (LABELS + length + 6), base, bar.text());
      y += ROW;
    }
    return y;
  }

  private static void text(
      StringBuilder out, String style, String anchor, int x, int y, String content) {
    out.append(
        String.format(
            Locale.ROOT,
            "<text class=\"%s\" text-anchor=\"%s\" x=\"%d\" y=\"%d\">%s</text>%n",
            style,
            anchor,
            x,
            y,
            escape(content)));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
