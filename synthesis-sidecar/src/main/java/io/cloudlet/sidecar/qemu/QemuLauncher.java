package io.cloudlet.sidecar.qemu;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;

/** Starts QEMU in a VM's folder. Thread-safe. */
public final class QemuLauncher {
  /** QEMU is ready in a tenth of a second: more would be felt, less would only burn time. */
  private static final long POLL_MILLIS = 2;

  private static final int MESSAGE_CHARACTERS = 2000;

  /**
   * Begins what the first start of a process would otherwise have to wait for. Returns at once; may
   * be called any number of times, or never.
   */
  public static void prepare() {
    Thread.ofPlatform().daemon().name("qemu preparation").start(HolePunchGuard::prepare);
  }

  /** As {@link #connect}, without a connection that stays. */
  public QemuProcess start(QemuCommand command, VmFiles files, Duration limit) throws IOException {
    try (ConnectedQemu qemu = connect(command, files, limit)) {
      return (QemuProcess) qemu.process();
    }
  }

  /**
   * Starts QEMU in a session of its own and waits until it answers on its QMP socket.
   *
   * @param files where the disk already lies; sockets and logs come there
   * @param limit until it answers
   * @throws QemuStartException when QEMU ends instead; carries what it said
   * @throws QemuTimeoutException when it does not answer; it has been ended then
   */
  public ConnectedQemu connect(QemuCommand command, VmFiles files, Duration limit)
      throws IOException {
    Files.deleteIfExists(files.qmp());
    Files.deleteIfExists(files.console());
    Files.deleteIfExists(files.pid());
    long logged = Files.exists(files.log()) ? Files.size(files.log()) : 0;
    Process process = launch(command, files);
    QemuProcess qemu = new QemuProcess(files, process.toHandle());
    try {
      return new ConnectedQemu(qemu, awaitQmp(process, files, limit));
    } catch (QemuGoneException e) {
      throw new QemuStartException(said(files, logged), e);
    } catch (Throwable t) {
      end(qemu, t);
      throw t;
    }
  }

  /** Nothing of it is left afterwards, also when this thread is wanted to end. */
  private static void end(QemuProcess qemu, Throwable failure) {
    boolean interrupted = Thread.interrupted();
    try {
      qemu.kill();
    } catch (IOException e) {
      failure.addSuppressed(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Process launch(QemuCommand command, VmFiles files) throws IOException {
    // setsid: a Ctrl-C at the terminal that started QEMU must not reach it.
    List<String> words = new ArrayList<>(List.of("setsid"));
    words.addAll(command.arguments());
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(files.folder().toFile())
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(files.log().toFile()));
    return command.needsGuard() ? startGuarded(builder) : builder.start();
  }

  /** On a thread of its own, which ends with it: the guard cannot be taken off. */
  private static Process startGuarded(ProcessBuilder builder) throws IOException {
    FutureTask<Process> start =
        new FutureTask<>(() -> {
          HolePunchGuard.install();
          return builder.start();
        });
    Thread starter = Thread.ofPlatform().name("qemu start").start(start);
    boolean interrupted = false;
    while (starter.isAlive()) {
      try {
        starter.join();
      } catch (InterruptedException e) {
        interrupted = true; // It takes a moment, and there has to be somebody who ends QEMU.
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return switch (start.state()) {
      case SUCCESS -> start.resultNow();
      default -> throw notStarted(start.exceptionNow());
    };
  }

  private static IOException notStarted(Throwable cause) {
    return cause instanceof IOException known ? known : new IOException("cannot start QEMU", cause);
  }

  private static QmpClient awaitQmp(Process process, VmFiles files, Duration limit)
      throws IOException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      Optional<QmpClient> qmp = tryConnect(files, deadline);
      if (qmp.isPresent()) {
        return qmp.get();
      }
      if (!process.isAlive()) {
        throw new QemuGoneException("QEMU ended with code " + process.exitValue());
      }
      if (System.nanoTime() > deadline) {
        throw new QemuTimeoutException("QEMU did not answer on " + files.qmp(), limit);
      }
      pause();
    }
  }

  private static Optional<QmpClient> tryConnect(VmFiles files, long deadline) throws IOException {
    if (!Files.exists(files.qmp())) {
      return Optional.empty();
    }
    Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
    try {
      return Optional.of(QmpClient.connect(files.qmp(), left));
    } catch (QemuGoneException e) {
      return Optional.empty(); // The file is there before QEMU listens, and after it has died.
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while starting QEMU");
    }
  }

  private static String said(VmFiles files, long from) {
    try {
      byte[] log = Files.readAllBytes(files.log());
      String all =
          new String(log, (int) from, log.length - (int) from, StandardCharsets.UTF_8).strip();
      return all.substring(Math.max(0, all.length() - MESSAGE_CHARACTERS));
    } catch (IOException e) {
      return "";
    }
  }
}
