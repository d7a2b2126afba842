package io.cloudlet.sidecar.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConsoleBridgeTest {
  @Test
  void theEscapeLeavesAndReachesNobody() throws Exception {
    InputStream keyboard = bytes("ls\n" + (char) ConsoleBridge.ESCAPE + "rest");
    ByteArrayOutputStream guest = new ByteArrayOutputStream();
    try (PipedOutputStream silent = new PipedOutputStream();
        PipedInputStream nothing = new PipedInputStream(silent)) {
      ConsoleBridge bridge = new ConsoleBridge(keyboard, new ByteArrayOutputStream());
      assertThat(bridge.run(nothing, guest)).isEqualTo(ConsoleBridge.End.LEFT);
    }
    assertThat(guest).hasToString("ls\n");
  }

  @Test
  void theEndOfTheVmEndsIt() throws Exception {
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    try (PipedOutputStream silent = new PipedOutputStream();
        PipedInputStream keyboard = new PipedInputStream(silent)) {
      ConsoleBridge bridge = new ConsoleBridge(keyboard, screen);
      assertThat(bridge.run(bytes("login: "), new ByteArrayOutputStream()))
          .isEqualTo(ConsoleBridge.End.CLOSED);
    }
    assertThat(screen).hasToString("login: ");
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
