package io.cloudlet.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudlet.sidecar.guest.SmallGuest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples, applied to a real API server, with real VMs on two nodes. */
class DemoE2E {
  private static final Path PLACE = SmallGuest.defaultCache().resolve("demo");

  @TempDir private Path folder;

  @Test
  void tellsTheWholeStoryEvenWhenTheOneBeforeWasKilled() throws Exception {
    try (UpProcess killed = UpProcess.start(folder, Map.of(), "demo")) {
      killed.awaitMessage("synthesis/workbench is Ready");
      killed.kill();
    }
    assertThat(WorkingProcesses.in(PLACE)).as("the VM runs on").isNotEmpty();

    try (UpProcess demo = UpProcess.start(folder, Map.of(), "demo", "--output", "json")) {
      JsonNode report = new ObjectMapper().readTree(demo.results());
      assertThat(demo.code()).as(demo.messages()).isZero();
      assertThat(report.at("/after/bootId")).isEqualTo(report.at("/before/bootId"));
      assertThat(report.at("/after/memoryChecksum")).isEqualTo(report.at("/before/memoryChecksum"));
      assertThat(report.get("overlayBytes").asLong()).isPositive();
      assertThat(demo.messages())
          .contains("kubectl apply -f examples/basevm-from-image.yaml")
          .contains("NAME", "PHASE", "READY")
          .contains("synthesis/shop is Ready");
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(WorkingProcesses.in(PLACE)).isEmpty());
    try (Stream<Path> left = Files.list(PLACE)) {
      assertThat(left.map(file -> file.getFileName().toString()).toList())
          .isEqualTo(List.of("lock"));
    }
  }
}
