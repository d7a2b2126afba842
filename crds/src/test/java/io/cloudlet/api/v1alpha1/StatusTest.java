package io.cloudlet.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.junit.jupiter.api.Test;

/** What is read of a status is what is written. */
class StatusTest {
  private static final ObjectMapper STRICT =
      new YAMLMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private static final String CONDITIONS =
      """
      observedGeneration: 3
      conditions:
        - {type: Ready, status: "False", observedGeneration: 3, reason: PortSilent, message: "",
           lastTransitionTime: "2026-11-01T00:00:00Z"}
      progress: {bytes: 5, totalBytes: 10, percent: 50}
      """;

  @Test
  void baseVMSurvivesARoundTrip() throws JsonProcessingException {
    survives(
        BaseVMStatus.class,
        """
        phase: Booting
        diskBytes: 8589934592
        size: 40.6 MB
        machine: {machineType: pc-q35-7.2, cpuModel: qemu64, cpus: 2, memoryBytes: 1073741824,
                  accelerator: tcg}
        nodes: [{name: edge-1, phase: Fetching, progress: {bytes: 0}}]
        nodesReady: 0
        """);
  }

  @Test
  void overlaySurvivesARoundTrip() throws JsonProcessingException {
    survives(
        VMOverlayStatus.class,
        """
        phase: Encoding
        effort: best
        resumes: true
        pages: {zero: 1, base: 2, repeated: 3, fresh: 4}
        images: [{id: memory/pc.ram, bytes: 4096, pages: {zero: 0, base: 0, repeated: 0, fresh: 1}}]
        pauseMillis: 0
        """);
  }

  @Test
  void synthesisSurvivesARoundTrip() throws JsonProcessingException {
    survives(
        SynthesisStatus.class,
        """
        phase: Running
        node: edge-1
        way: delta
        addresses: [{guest: 8080, host: 10.0.0.7, port: 80}]
        timings: {fetchMillis: 1, totalMillis: 123}
        error: {reason: PortSilent, message: port 8080 does not answer}
        pod: {name: web-0a1b2c3d, uid: 1-2, address: 10.1.0.5, phase: Ending, reason: Evicted,
              message: The node was low on memory.}
        """);
  }

  @Test
  void nodeSurvivesARoundTrip() throws JsonProcessingException {
    String text = "{vms: 2, vmsAs: Pods}";

    CloudletNodeStatus status = STRICT.readValue(text, CloudletNodeStatus.class);

    assertThat(STRICT.readTree(STRICT.writeValueAsString(status))).isEqualTo(STRICT.readTree(text));
  }

  @Test
  void wordsOfOthersAreCutToWhatTheApiTakes() {
    String words = "x".repeat(Checks.MESSAGE_LENGTH + 1);

    VmPod pod = new VmPod("vm", "1", null, VmPodPhase.PENDING, words, words);

    assertThat(pod.reason()).hasSize(1024);
    assertThat(pod.message()).hasSize(Checks.MESSAGE_LENGTH);
  }

  @Test
  void listsThatAreMissingAreEmpty() throws JsonProcessingException {
    SynthesisStatus status = STRICT.readValue("{}", SynthesisStatus.class);

    assertThat(status.conditions()).isEmpty();
    assertThat(STRICT.valueToTree(status).toString()).isEqualTo("{}");
  }

  private static void survives(Class<?> type, String fields) throws JsonProcessingException {
    String text = CONDITIONS + fields;
    Object status = STRICT.readValue(text, type);

    assertThat(STRICT.readTree(STRICT.writeValueAsString(status))).isEqualTo(STRICT.readTree(text));
  }
}
