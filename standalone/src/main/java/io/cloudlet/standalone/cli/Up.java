package io.cloudlet.standalone.cli;

import io.cloudlet.sidecar.cli.CommandContext;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.node.Progress;
import io.cloudlet.standalone.cluster.Cluster;
import io.cloudlet.standalone.cluster.NodeSettings;
import io.cloudlet.standalone.kubernetes.ApiServer;
import io.cloudlet.standalone.kubernetes.ProgramFinder;
import io.cloudlet.standalone.kubernetes.Programs;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One run of {@code up}.
 *
 * @param context of the command
 * @param folder where the API server keeps resources; null for the usual place
 * @param nodes what this machine plays
 * @param fresh whether what is there is removed before
 */
record Up(CommandContext context, @Nullable Path folder, List<NodeSettings> nodes, boolean fresh) {
  /** What a program reads of it. */
  record View(String kubeconfig, String kubectl, List<String> nodes, String token, String log) {}

  /** Returns when a process of the API server has ended, and throws when the user ends it. */
  void run() throws IOException {
    Path root = folder != null ? folder : ApiServer.defaultFolder(context.environment());
    Path log = root.resolve("logs").resolve("cloudlet.log").toAbsolutePath();
    new LogFile(log).use();
    Programs programs =
        new ProgramFinder(context.environment(), context.progress(), context::say).find();
    if (fresh) {
      new FreshStart(root, nodes.getFirst().data(), context::say).run();
    }
    try (ApiServer server = startServer(root, programs);
        Cluster cluster = startCluster(server)) {
      try (Progress.Stage _ = context.progress().begin("starting the agent", 0)) {
        cluster.add(nodes);
      }
      show(server, log);
      await(server);
    }
  }

  private ApiServer startServer(Path root, Programs programs) throws IOException {
    try (Progress.Stage _ = context.progress().begin("starting the API server", 0)) {
      return ApiServer.start(root, programs, context::say);
    }
  }

  private Cluster startCluster(ApiServer server) throws IOException {
    try (Progress.Stage _ = context.progress().begin("starting the operator", 0)) {
      return Cluster.start(server);
    }
  }

  private void show(ApiServer server, Path log) {
    View view =
        new View(
            server.kubeconfig().toString(),
            server.kubectl().toString(),
            nodes.stream().map(NodeSettings::name).toList(),
            server.secret(Cluster.TOKEN).toString(),
            log.toString());
    context.result(
        view, "export KUBECONFIG=" + view.kubeconfig() + "\nalias kubectl=" + view.kubectl());
    context.say(
        """

        In another terminal, with these two lines:
          kubectl explain basevm.spec        what there is to say
          kubectl apply -f examples/         with your own URLs and digests
          kubectl get bvm,vmo,syn,cln        what has become of it
        Overlays are downloaded with the token in %s
        The log is %s
        Ctrl-C ends it; resources and VMs stay, and the next 'up' goes on with them.\
        """
            .formatted(view.token(), view.log()));
  }

  private static void await(ApiServer server) throws IOException {
    try {
      throw server.failure().get();
    } catch (ExecutionException e) {
      throw new CloudletException("the API server has failed", e);
    } catch (InterruptedException e) {
      throw new InterruptedIOException("ended by the user");
    }
  }
}
