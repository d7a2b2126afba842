package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.cli.console.ConsoleBridge;
import io.cloudlet.sidecar.cli.console.RawTerminal;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.VmName;
import io.cloudlet.sidecar.node.VmRecord;
import io.cloudlet.sidecar.node.VmRegistry;
import io.cloudlet.sidecar.qemu.ConsoleSocket;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code vm console}. */
@Command(name = "console", description = "Opens a VM's serial console; Ctrl-] leaves it.")
final class VmConsole implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "VM", description = "Its name.")
  private VmName name;

  VmConsole(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    DataDirectory data = session.data();
    VmRegistry registry = new VmRegistry(data);
    VmRecord vm = registry.get(name);
    if (!vm.isAlive()) {
      throw new CloudletException("VM " + name + " does not run, so it has no console");
    }
    try (SocketChannel console = ConsoleSocket.connect(registry.files(vm))) {
      session.output().say("the console of VM " + name + "; Ctrl-] leaves it");
      ConsoleBridge.End end = Terminal.is(0) ? raw(console) : bridge(console);
      session
          .output()
          .say(end == ConsoleBridge.End.CLOSED ? "the console was closed" : "left the console");
    }
    return ExitCode.OK.code();
  }

  private ConsoleBridge.End raw(SocketChannel console) throws IOException, InterruptedException {
    try (RawTerminal _ = RawTerminal.open()) {
      return bridge(console);
    }
  }

  private ConsoleBridge.End bridge(SocketChannel console) throws IOException, InterruptedException {
    return new ConsoleBridge(System.in, session.output().results())
        .run(Channels.newInputStream(console), Channels.newOutputStream(console));
  }
}
