package io.cloudlet.standalone.cli;

import io.cloudlet.sidecar.cli.CommandContext;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.node.Progress;
import io.cloudlet.standalone.cluster.Installation;
import io.cloudlet.standalone.kubernetes.ApiServer;
import io.cloudlet.standalone.kubernetes.ProgramFinder;
import io.cloudlet.standalone.kubernetes.Programs;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One run of {@code up}.
 *
 * @param context of the command
 * @param folder where the API server keeps resources; null for the usual place
 * @param fresh whether what is there is removed before
 */
record Up(CommandContext context, @Nullable Path folder, boolean fresh) {
  /** What a program reads of it. */
  record View(String kubeconfig, String kubectl) {}

  /** Returns when the user wants it to end. */
  void run() throws IOException {
    Path root = folder != null ? folder : ApiServer.defaultFolder(context.environment());
    new LogFile(root.resolve("logs").resolve("cloudlet.log")).use();
    Programs programs =
        new ProgramFinder(context.environment(), context.progress(), context::say).find();
    if (fresh && ApiServer.remove(root)) {
      context.say("all resources in " + root + " are removed");
    }
    try (ApiServer server = start(root, programs)) {
      try (KubernetesClient administrator = server.administrator();
          Progress.Stage _ = context.progress().begin("installing Cloudlet", 0)) {
        new Installation(administrator).run();
      }
      show(server);
      await(server);
    }
  }

  private ApiServer start(Path root, Programs programs) throws IOException {
    try (Progress.Stage _ = context.progress().begin("starting the API server", 0)) {
      return ApiServer.start(root, programs, context::say);
    }
  }

  private void show(ApiServer server) {
    View view = new View(server.kubeconfig().toString(), server.kubectl().toString());
    context.result(
        view, "export KUBECONFIG=" + view.kubeconfig() + "\nalias kubectl=" + view.kubectl());
    context.say("Ctrl-C ends it; resources and VMs stay.");
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
