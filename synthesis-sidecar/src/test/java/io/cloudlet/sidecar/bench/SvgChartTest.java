package io.cloudlet.sidecar.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class SvgChartTest {
  private static Document draw(SvgChart.Panel... panels) throws Exception {
    String svg = SvgChart.draw(List.of(panels));
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  private static double width(Document svg, int bar) {
    return Double.parseDouble(
        ((Element) svg.getElementsByTagName("rect").item(bar)).getAttribute("width"));
  }

  @Test
  void barsAreAsLongAsTheirValues() throws Exception {
    Document svg =
        draw(
            new SvgChart.Panel(
                "Size",
                List.of(
                    new SvgChart.Bar("a", 100, "100 MB", true),
                    new SvgChart.Bar("b", 50, "50 MB", false),
                    new SvgChart.Bar("c", 0, "0 MB", false))));
    assertThat(width(svg, 0)).isEqualTo(2 * width(svg, 1));
    assertThat(width(svg, 2)).isEqualTo(1);
  }

  @Test
  void textsAreEscaped() throws Exception {
    Document svg =
        draw(new SvgChart.Panel("<t>", List.of(new SvgChart.Bar("a & b", 1, "< 1 s", false))));
    NodeList texts = svg.getElementsByTagName("text");
    assertThat(texts.item(0).getTextContent()).isEqualTo("<t>");
    assertThat(texts.item(1).getTextContent()).isEqualTo("a & b");
    assertThat(texts.item(2).getTextContent()).isEqualTo("< 1 s");
  }

  @Test
  void followsTheReadersColours() {
    assertThat(SvgChart.draw(List.of())).contains("prefers-color-scheme: dark");
  }

  @Test
  void aPanelOfZerosIsDrawn() throws Exception {
    Document svg =
        draw(new SvgChart.Panel("none", List.of(new SvgChart.Bar("a", 0, "0 s", false))));
    assertThat(width(svg, 0)).isEqualTo(1);
  }
}
