package io.cloudlet.sidecar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.TooNewException;
import io.cloudlet.sidecar.node.BusyException;
import io.cloudlet.sidecar.node.NotFoundException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FailureTest {
  @Test
  void everyKindHasItsCode() {
    assertThat(code(new CloudletException("x"))).isEqualTo(1);
    assertThat(code(new NotFoundException("x"))).isEqualTo(3);
    assertThat(code(new NoSuchFileException("/x"))).isEqualTo(3);
    assertThat(code(new BusyException("VM web", "process 7"))).isEqualTo(4);
    assertThat(code(new CorruptException("f", 7, "x"))).isEqualTo(5);
    assertThat(code(new TooNewException("f", 2, 1))).isEqualTo(5);
    assertThat(code(new InterruptedException())).isEqualTo(130);
    assertThat(code(new ClosedByInterruptException())).isEqualTo(130);
    assertThat(code(new KubernetesClientException("x", new InterruptedException()))).isEqualTo(130);
    assertThat(code(new KubernetesClientException("x"))).isEqualTo(1);
    assertThat(code(new UncheckedIOException(new CorruptException("f", 7, "x")))).isEqualTo(5);
  }

  @Test
  void saysWhatToDo() {
    assertThat(sentence(new CorruptException("a.overlay", 7, "x")))
        .isEqualTo("a.overlay is corrupt at byte 7: x; fetch it again from where it came");
    assertThat(sentence(new CorruptException("/data/bases/0/base.json", 7, "x")))
        .endsWith("x; remove this base VM with 'base rm', and 'base import' it again");
    assertThat(sentence(new CorruptException("a", 7, "x; do this"))).endsWith("x; do this");
    assertThat(sentence(new NoSuchFileException("/a"))).contains("/a", "check the path");
    assertThat(sentence(new FileSystemException("/a", null, "No space left on device")))
        .contains("/a", "the disk is full; make room");
    assertThat(sentence(new IOException("No space left on device"))).contains("the disk is full");
    assertThat(sentence(new IOException("File too large"))).contains("ulimit -f");
    assertThat(sentence(new KubernetesClientException("x", new IOException("no route"))))
        .isEqualTo("the API server: no route");
    assertThat(sentence(new IllegalStateException("x"))).contains("--debug");
    assertThat(sentence(new ExceptionInInitializerError("Cannot unpack lib: File too large")))
        .startsWith("Cannot unpack lib: File too large; make room in ");
  }

  private static int code(Exception thrown) {
    return Failure.of(thrown).code().code();
  }

  private static String sentence(Throwable thrown) {
    return Failure.of(thrown).sentence();
  }
}
