package io.cloudlet.sidecar.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MachineTest {
  private static final Machine MACHINE =
      new Machine(
          Machine.LAYOUT,
          "pc-q35-7.2",
          "qemu64",
          2,
          1L << 30,
          Accelerator.TCG,
          List.of(new Port(8080, 80), new Port(0, 22)),
          new DirectKernel(true, "console=ttyS0 root=/dev/vda"),
          true);

  private final ObjectMapper json = new ObjectMapper();

  @Test
  void comesBackFromJson() throws JsonProcessingException {
    String text = json.writeValueAsString(MACHINE);

    assertThat(text).contains("\"accelerator\":\"tcg\"", "\"ports\":[\"8080:80\",\"0:22\"]");
    assertThat(json.readValue(text, Machine.class)).isEqualTo(MACHINE);
  }

  @Test
  void comesBackFromJsonWithoutDirectKernel() throws JsonProcessingException {
    ObjectNode tree = json.valueToTree(MACHINE);
    tree.remove("directKernel");

    Machine machine = json.treeToValue(tree, Machine.class);

    assertThat(machine.directKernel()).isNull();
    assertThat(json.writeValueAsString(machine)).doesNotContain("directKernel");
  }

  @ParameterizedTest
  @CsvSource({
    "layout, 2",
    "machineType, q35",
    "machineType, pc-q35-7.2 -monitor",
    "cpuModel, ''",
    "cpuModel, 'qemu64,'",
    "cpus, 0",
    "cpus, 256",
    "memoryBytes, 1048575",
    "memoryBytes, -1048576",
    "memoryBytes, 1048577",
    "memoryBytes, 4398047559680",
  })
  void namesTheFieldThatIsWrong(String field, String value) {
    ObjectNode tree = json.valueToTree(MACHINE);
    tree.put(field, value);

    assertThatThrownBy(() -> json.treeToValue(tree, Machine.class))
        .isInstanceOf(JsonProcessingException.class)
        .hasMessageContaining("machine." + field);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "machineType",
        "cpuModel",
        "cpus",
        "memoryBytes",
        "accelerator",
        "ports",
        "layout"
      })
  void refusesAMissingField(String field) {
    ObjectNode tree = json.valueToTree(MACHINE);
    tree.remove(field);

    assertThatThrownBy(() -> json.treeToValue(tree, Machine.class))
        .isInstanceOf(JsonProcessingException.class)
        .hasMessageContaining("machine." + field);
  }

  @Test
  void refusesPortsThatCollide() {
    assertThatThrownBy(() -> MACHINE.withPorts(List.of(new Port(80, 1), new Port(80, 2))))
        .hasMessageContaining("machine.ports");
    assertThatThrownBy(() -> MACHINE.withPorts(List.of(new Port(1, 80), new Port(2, 80))))
        .hasMessageContaining("machine.ports");
    assertThat(MACHINE.withPorts(List.of(new Port(0, 80), new Port(0, 81))).ports()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1:2:3", "70000:80", "80:0", "-1:80", "80:"})
  void refusesWhatIsNoPort(String text) {
    assertThatThrownBy(() -> Port.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsPorts() {
    assertThat(Port.parse("8080:80")).isEqualTo(new Port(8080, 80)).hasToString("8080:80");
    assertThat(Port.parse("80").onHost(81)).isEqualTo(new Port(81, 80));
  }

  @Test
  void refusesACommandLineThatNoKernelTakes() {
    assertThatThrownBy(() -> new DirectKernel(false, "a".repeat(2048)))
        .hasMessageContaining("2047");
    assertThatThrownBy(() -> new DirectKernel(false, "a\nb")).hasMessageContaining("ASCII");
  }
}
