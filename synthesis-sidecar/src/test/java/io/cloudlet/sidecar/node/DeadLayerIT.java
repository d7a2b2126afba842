package io.cloudlet.sidecar.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.qemu.VmFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a guest wrote into a layer before its QEMU died. */
class DeadLayerIT {
  @TempDir private Path folder;
  private VmFiles files;

  @BeforeEach
  void createDisk() throws Exception {
    files = new VmFiles(folder);
    run("qemu-img", "create", "-q", "-f", "qcow2", files.disk().toString(), "1M");
    io(files.disk(), "write -P 1 0 64k");
  }

  @Test
  void isInTheDiskAfterwards() throws Exception {
    String disk = files.disk().toString();
    String layer = files.layer().toString();
    run("qemu-img", "create", "-q", "-f", "qcow2", "-F", "qcow2", "-b", disk, layer);
    io(files.layer(), "write -P 2 4k 4k");
    // QEMU is told at the snapshot what lies below; the file does not say.
    run("qemu-img", "rebase", "-u", "-f", "qcow2", "-b", "", layer);
    new DeadLayer(files).join();
    assertThat(files.layer()).doesNotExist();
    io(files.disk(), "read -P 1 0 4k");
    io(files.disk(), "read -P 2 4k 4k");
    io(files.disk(), "read -P 1 8k 56k");
    new DeadLayer(files).join();
    io(files.disk(), "read -P 2 4k 4k");
  }

  /** QEMU died between making the file and the format in it. */
  @Test
  void ofWhichThereIsOnlyAFileIsNothing() throws Exception {
    Files.createFile(files.layer());
    new DeadLayer(files).join();
    assertThat(files.layer()).doesNotExist();
    io(files.disk(), "read -P 1 0 64k");
  }

  /** A read fails when the pattern is another one. */
  private static void io(Path image, String command) throws Exception {
    run("qemu-io", "-f", "qcow2", "-c", command, image.toString());
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", List.of(command), said).isZero();
    assertThat(said).doesNotContain("verification failed");
  }
}
