package io.cloudlet.standalone.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent's image as the pod of a VM runs it: not as root, with a read-only root. */
class VmPodImageIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int USER = 107;

  @TempDir private static Path made;
  private static UnpackedImage image;

  @TempDir private Path folder;

  @BeforeAll
  static void makeAndUnpack() throws IOException {
    Contained.requireRoot();
    image = BuiltImage.unpacked(ImageKind.AGENT, made);
  }

  @BeforeEach
  void letThePodWrite() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  @Test
  void agentsImageHasItsPrograms() throws Exception {
    try (Contained version = program(Map.of(), "/usr/bin/cloudlet", "--version");
        Contained doctor = program(Map.of("CLOUDLET_DATA", "/tmp"), "/usr/bin/cloudlet", "doctor");
        Contained img = program(Map.of(), "/usr/bin/qemu-img", "--version")) {
      assertThat(version.code()).isZero();
      assertThat(version.said()).startsWith("cloudlet ").contains("JDK 25");
      assertThat(doctor.code()).as(doctor.said()).isZero();
      assertThat(doctor.said()).contains("QEMU emulator version", "qemu-img version");
      assertThat(img.code()).as(img.said()).isZero();
    }
  }

  @Test
  void runsAVirtualMachineInAPodOfItsOwn() throws Exception {
    try (Contained pod = vm()) {
      start(
          "/usr/bin/qemu-system-x86_64",
          "-nodefaults",
          "-machine",
          "pc,graphics=off",
          "-accel",
          "tcg,tb-size=64",
          "-m",
          "64",
          "-display",
          "none",
          // The pod's own output; standard output is for what QEMU says.
          "-add-fd",
          "fd=3,set=1",
          "-serial",
          "file:/dev/fdset/1",
          "-qmp",
          "unix:qmp,server=on,wait=off");
      await().atMost(PATIENCE).until(() -> pod.said().contains("SeaBIOS"));
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("qmp"))))
          .isEqualTo("rwxrwx---");
      pod.terminate();
      tellToQuit();
      assertThat(pod.code()).as(pod.said()).isZero();
    }
  }

  @Test
  void saysWhyItMayNotUseTheKvmThatItWasGiven() throws Exception {
    Path kvm = Files.createFile(folder.resolve("kvm"));
    Files.setPosixFilePermissions(kvm, PosixFilePermissions.fromString("rw-rw----"));
    try (Contained pod =
        Contained.start(
            image,
            USER,
            folder,
            "/run/cloudlet/vm",
            Map.of("CLOUDLET_KVM", "/run/cloudlet/vm/kvm"),
            List.of("/usr/bin/cloudlet-vm"))) {
      start("/usr/bin/sed", "--version");
      assertThat(pod.code()).isZero();
      assertThat(pod.said()).contains("its user 107 may not open it: -rw-rw---- 1 root");
    }
  }

  @Test
  void podEndsAtOnceWhileNothingRunsInIt() throws Exception {
    try (Contained pod = vm()) {
      await().atMost(PATIENCE).until(pod::hasChildren);
      pod.terminate();
      assertThat(pod.code()).as(pod.said()).isZero();
    }
  }

  private Contained vm() throws IOException {
    return Contained.start(
        image, USER, folder, "/run/cloudlet/vm", Map.of(), List.of("/usr/bin/cloudlet-vm"));
  }

  private void start(String... command) throws IOException {
    Path partial = Files.writeString(folder.resolve("partial"), String.join("\0", command) + "\0");
    Files.move(partial, folder.resolve("start"), StandardCopyOption.ATOMIC_MOVE);
  }

  private void tellToQuit() throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(folder.resolve("qmp")));
      BufferedReader answers =
          new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
      assertThat(answers.readLine()).contains("QMP");
      for (String command : List.of("qmp_capabilities", "quit")) {
        String line = "{\"execute\":\"" + command + "\"}\n";
        channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
        assertThat(answers.readLine()).containsAnyOf("timestamp", "return");
      }
    }
  }

  private Contained program(Map<String, String> environment, String... command) throws IOException {
    return Contained.start(image, USER, folder, "/tmp", environment, List.of(command));
  }
}
