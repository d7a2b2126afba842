package io.cloudlet.sidecar.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.base.BaseEntry;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.machine.Port;
import io.cloudlet.sidecar.overlay.Effort;
import io.cloudlet.sidecar.overlay.OverlayReader;
import io.cloudlet.sidecar.pod.PodPlace;
import io.cloudlet.sidecar.pod.StandInPod;
import io.cloudlet.sidecar.qemu.QemuBinary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The agent's part with the rights that the chart gives it: root without any capability, in QEMU's
 * group. It may touch what is its own or the group's, and nothing else.
 */
class PodRightsIT {
  private static final VmName VM = new VmName("vm");

  @TempDir private Path folder;

  /** What runs without capabilities. */
  static final class Unprivileged {
    private Unprivileged() {}

    public static void main(String[] arguments) throws IOException {
      Path root = Path.of(arguments[0]);
      int group = Integer.parseInt(arguments[1]);
      PodPlace first = place(arguments[2], group);
      PodPlace second = place(arguments[3], group);
      CounterBase node = new CounterBase(root);
      BaseEntry base = BaseStore.at(node.data().bases()).find(CounterBase.NAME.text());
      QemuBinary qemu = QemuBinary.detect();
      Path file = root.resolve("state.overlay");
      VmRecord vm =
          new ResumeBase(node.data(), qemu, Progress.SILENT).run(base, request(first)).vm();
      require(vm.isAlive(), "it is dead");
      new ForwardPorts(node.data()).run(VM, List.of(new Port(0, 8082)));
      capture(node, file, AfterCapture.CONTINUE);
      new VmLifecycle(node.data()).remove(VM, true);
      try (OverlayReader overlay = OverlayReader.open(file)) {
        new SynthesizeOverlay(node.data(), qemu, Progress.SILENT).run(overlay, request(second));
      }
      capture(node, file, AfterCapture.STOP);
      require(!new VmRegistry(node.data()).get(VM).isAlive(), "it lives");
      new CaptureOverlay(node.data(), Progress.SILENT)
          .run(new CaptureRequest(VM, file, Effort.FAST, AfterCapture.DELETE, true, false));
      System.out.println("done");
    }

    private static void capture(CounterBase node, Path file, AfterCapture after)
        throws IOException {
      new CaptureOverlay(node.data(), Progress.SILENT)
          .run(new CaptureRequest(VM, file, Effort.FAST, after, false, false));
    }

    private static SynthesisRequest request(PodPlace place) {
      return new SynthesisRequest(VM, List.of(new Port(0, 8080)), false, place, null);
    }

    private static PodPlace place(String path, int group) {
      return new PodPlace("uid-of-" + group, path, "127.0.0.1", group);
    }

    private static void require(boolean holds, String otherwise) {
      if (!holds) {
        throw new IllegalStateException(otherwise);
      }
    }
  }

  @Test
  void suffice() throws Exception {
    new CounterBase(folder).create(Progress.SILENT);
    Path kubelet = Files.createDirectories(folder.resolve("kubelet"));
    try (StandInPod first = StandInPod.start(kubelet);
        StandInPod second = StandInPod.start(kubelet)) {
      List<String> command = new ArrayList<>(StandInPod.withoutCapabilities());
      command.addAll(
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "--enable-native-access=ALL-UNNAMED",
              "-cp",
              System.getProperty("java.class.path"),
              Unprivileged.class.getName(),
              folder.toString(),
              Integer.toString(first.place().group()),
              first.folder().toString(),
              second.folder().toString()));
      Process agent = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(agent.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(agent.waitFor(60, TimeUnit.SECONDS)).as(said).isTrue();
      assertThat(agent.exitValue()).as(said).isZero();
      assertThat(said).endsWith("done\n");
      assertThat(first.exitCode()).isZero();
      assertThat(second.exitCode()).isZero();
    }
    assertThat(folder.resolve("data/vms")).isEmptyDirectory();
  }
}
