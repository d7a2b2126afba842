package io.cloudlet.standalone.demo;

import io.cloudlet.sidecar.cli.CommandContext;
import io.cloudlet.sidecar.guest.HostProgram;
import io.cloudlet.standalone.kubernetes.ApiServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows resources as the stock client does.
 *
 * @param context where
 * @param server whose
 */
record Tables(CommandContext context, ApiServer server) {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** With the command that brings the same. */
  void show(String kinds) throws IOException {
    Path folder = server.kubeconfig().resolveSibling(".");
    List<String> command = new ArrayList<>();
    command.addAll(List.of("--kubeconfig", server.kubeconfig().toString(), "get"));
    command.addAll(List.of(kinds.split(" ")));
    String table = new HostProgram(server.kubectl(), PATIENCE).run(folder, command);
    context.say("\n$ kubectl get " + kinds);
    table.lines().forEach(context::say);
  }
}
