package io.cloudlet.sidecar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.base.BaseVm;
import io.cloudlet.sidecar.guest.ApplicationState;
import io.cloudlet.sidecar.guest.GuestConsole;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.ImageDigest;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.image.QemuImg;
import io.cloudlet.sidecar.overlay.OverlayReader;
import io.cloudlet.sidecar.synthesis.BaseImages;
import io.cloudlet.sidecar.synthesis.DiskSynthesis;
import io.cloudlet.sidecar.synthesis.SynthesisLimits;
import io.cloudlet.sidecar.synthesis.SynthesisListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** VMs whose disks lie over one layer of the node's cache, with real QEMU. */
@Timeout(900)
class LayeredDiskE2E {
  @TempDir Path folder;

  @Test
  void theyShareALayerAndAreCapturedWhole() throws Exception {
    try (TestNodes nodes = new TestNodes(folder)) {
      nodes.createBase();
      nodes.copyBase();
      nodes.succeed("one", "vm", "resume", "small", "--name", "web");
      ApplicationState started = TestNodes.start(nodes.port("one", "web"));
      inGuest("web", "head -c 2m /dev/urandom > /old; head -c 2m /dev/urandom > /kept; sync");
      String kept = inGuest("web", "sha256sum /kept");
      Path overlay = folder.resolve("web.overlay");
      create(nodes, "web", overlay);

      nodes.succeed("one", "overlay", "cache", overlay.toString());
      Path layer = cachedLayer();
      Digest before = digest(layer);
      for (String vm : new String[] {"b", "c"}) {
        assertThat(
                nodes
                    .json("one", "synthesize", overlay.toString(), "--name", vm)
                    .get("way")
                    .asText())
            .isEqualTo("mapped");
      }
      assertThat(links(layer)).isEqualTo(3);
      inGuest("b", "head -c 3m /dev/urandom > /new; rm /old; sync; fstrim /");
      String added = inGuest("b", "sha256sum /new");
      Path again = folder.resolve("b.overlay");
      create(nodes, "b", again);
      TestNodes.assertRunsOn(nodes.port("one", "b"), started);
      TestNodes.assertRunsOn(nodes.port("one", "c"), started);

      nodes.succeed("two", "synthesize", again.toString(), "--name", "b", "--no-cache");
      TestNodes.assertRunsOn(nodes.port("two", "b"), started);
      String forget = "echo 3 > /proc/sys/vm/drop_caches; ";
      assertThat(on("two", "b", forget + "test ! -e /old; sha256sum /new")).contains(sum(added));
      assertThat(on("two", "b", "sha256sum /kept")).contains(sum(kept));

      nodes.succeed("one", "vm", "stop", "b");
      assertCapturedDiskIsTheSame(nodes);
      assertThat(digest(layer)).isEqualTo(before);
      nodes.succeed("one", "vm", "rm", "b");
      nodes.succeed("one", "vm", "rm", "c", "--force");
      assertThat(links(layer)).isEqualTo(1);
    }
  }

  private static void create(TestNodes nodes, String vm, Path overlay) {
    nodes.succeed("one", "overlay", "create", vm, "-o", overlay.toString(), "--effort", "fast");
    nodes.succeed("one", "overlay", "verify", overlay.toString());
  }

  /** The disk of the stopped VM, as QEMU reads it and as its overlay makes it. */
  private void assertCapturedDiskIsTheSame(TestNodes nodes) throws IOException {
    Path overlay = folder.resolve("disk.overlay");
    nodes.succeed("one", "overlay", "create", "b", "--disk-only", "-o", overlay.toString());
    Path made = folder.resolve("made.qcow2");
    try (OverlayReader reader = OverlayReader.open(overlay);
        BaseVm base =
            BaseStore.at(folder.resolve("one/bases"))
                .open(Objects.requireNonNull(reader.manifest().base()));
        BaseImages images = BaseImages.of(base, reader)) {
      new DiskSynthesis(SynthesisLimits.ofThisMachine(), SynthesisListener.NONE)
          .write(reader, images, ImageId.FIRST_DISK, made);
    }
    Path disk = folder.resolve("one/vms/b/disk.qcow2");
    assertThat(QemuImg.run("compare", disk, made)).contains("identical");
    QemuImg.run("check", "-q", disk);
  }

  private Path cachedLayer() throws IOException {
    try (Stream<Path> entries = Files.list(folder.resolve("one/cache/ram"))) {
      return entries.findFirst().orElseThrow().resolve("disk-0.qcow2");
    }
  }

  private String inGuest(String vm, String line) throws IOException {
    return on("one", vm, line);
  }

  private String on(String node, String vm, String line) throws IOException {
    Path socket = folder.resolve(node).resolve("vms").resolve(vm).resolve("console.sock");
    try (GuestConsole console = GuestConsole.open(socket)) {
      return console.run(line, TestNodes.PATIENCE);
    }
  }

  private static String sum(String output) {
    return output.replaceAll("(?s).*?([0-9a-f]{64}).*", "$1");
  }

  private static int links(Path file) throws IOException {
    return (int) Files.getAttribute(file, "unix:nlink");
  }

  private static Digest digest(Path file) throws IOException {
    try (MappedImage image = MappedImage.open(file)) {
      return ImageDigest.of(image).image();
    }
  }
}
