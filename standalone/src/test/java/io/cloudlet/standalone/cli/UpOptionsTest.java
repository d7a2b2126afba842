package io.cloudlet.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.standalone.cluster.NodeSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class UpOptionsTest {
  private static final Path DATA = Path.of("/data");

  @Test
  void givesEachNodeANamePlaceAndPortOfItsOwn() {
    List<NodeSettings> nodes =
        nodes("--node=edge", "--nodes=2", "--label=site=a", "--label=gpu=", "--port=7000");

    assertThat(nodes).extracting(NodeSettings::name).containsExactly("edge", "edge-2");
    assertThat(nodes)
        .extracting(NodeSettings::data)
        .containsExactly(DATA, DATA.resolve("nodes/edge-2"));
    assertThat(nodes).extracting(NodeSettings::port).containsExactly(7000, 7001);
    assertThat(nodes).extracting(NodeSettings::labels).containsOnly(Map.of("site", "a", "gpu", ""));
  }

  @Test
  void callsTheNodeLikeTheMachine() {
    assertThat(nodes()).singleElement().extracting(NodeSettings::name).asString().isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "--nodes=0, '--nodes is 1 or more, not 0'",
    "--port=-1, --port is 0",
    "--port=65536, --port is 0",
    "--node=Edge, is no name for a node",
    "--node=-edge, is no name for a node",
    "--label=site=a=b, is no label",
    "--label=-x=a, is no label"
  })
  void refusesWhatNoNodeCanHave(String option, String message) {
    assertThatThrownBy(() -> nodes(option))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static List<NodeSettings> nodes(String... arguments) {
    UpOptions options = new UpOptions();
    new CommandLine(options).parseArgs(arguments);
    return options.nodes(DATA);
  }
}
