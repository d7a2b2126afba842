package io.cloudlet.sidecar.cli.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Carries bytes between a person and a serial console until one of them leaves. */
public final class ConsoleBridge {
  /** Ctrl-]: leaves the console; it never reaches the guest. */
  public static final byte ESCAPE = 0x1d;

  /** Why a bridge ended. */
  public enum End {
    /** The person pressed {@link #ESCAPE}, or the input ended. */
    LEFT,
    /** The console was closed: the VM has ended. */
    CLOSED
  }

  private final InputStream keyboard;
  private final OutputStream screen;

  /** Between these streams, which stay the caller's. */
  public ConsoleBridge(InputStream keyboard, OutputStream screen) {
    this.keyboard = keyboard;
    this.screen = screen;
  }

  /**
   * Carries until the end. A read from the keyboard may remain after it: there is no way to end it
   * but the next key.
   *
   * @param fromGuest closed by the caller afterwards
   * @param toGuest closed by the caller afterwards
   */
  public End run(InputStream fromGuest, OutputStream toGuest)
      throws IOException, InterruptedException {
    CompletableFuture<End> end = new CompletableFuture<>();
    daemon("console output", end, () -> show(fromGuest));
    daemon("console input", end, () -> type(toGuest));
    try {
      return end.get();
    } catch (ExecutionException e) {
      throw new IOException("the console broke: " + e.getCause(), e);
    }
  }

  private End show(InputStream fromGuest) throws IOException {
    byte[] buffer = new byte[8192];
    for (int n = fromGuest.read(buffer); n >= 0; n = fromGuest.read(buffer)) {
      screen.write(buffer, 0, n);
      screen.flush();
    }
    return End.CLOSED;
  }

  private End type(OutputStream toGuest) throws IOException {
    byte[] buffer = new byte[1024];
    for (int n = keyboard.read(buffer); n >= 0; n = keyboard.read(buffer)) {
      int typed = indexOfEscape(buffer, n);
      toGuest.write(buffer, 0, typed);
      toGuest.flush();
      if (typed < n) {
        break;
      }
    }
    return End.LEFT;
  }

  private static int indexOfEscape(byte[] buffer, int length) {
    for (int i = 0; i < length; i++) {
      if (buffer[i] == ESCAPE) {
        return i;
      }
    }
    return length;
  }

  private interface Carrier {
    End carry() throws IOException;
  }

  private static void daemon(String name, CompletableFuture<End> end, Carrier carrier) {
    Thread.ofPlatform()
        .daemon()
        .name(name)
        .start(() -> {
          try {
            end.complete(carrier.carry());
          } catch (IOException e) {
            end.completeExceptionally(e);
          }
        });
  }
}
