package io.cloudlet.standalone.cluster;

import io.cloudlet.standalone.kubernetes.ApiServer;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The service accounts of operator and agents, as files that a process of its own reads.
 *
 * @param operator kubeconfig of the operator
 * @param agent kubeconfig of all agents
 */
public record TestAccounts(Path operator, Path agent) {
  /** Installs Cloudlet, and writes the files into a folder. */
  public static TestAccounts install(ApiServer server, KubernetesClient administrator, Path folder)
      throws IOException {
    Installation.Accounts accounts = new Installation(administrator).run();
    return new TestAccounts(
        write(server, administrator, accounts.operator(), folder.resolve("operator.kubeconfig")),
        write(server, administrator, accounts.agent(), folder.resolve("agent.kubeconfig")));
  }

  private static Path write(
      ApiServer server, KubernetesClient administrator, ServiceAccount account, Path file)
      throws IOException {
    String own = new AccountToken(administrator, account).getToken();
    String text = Files.readString(server.kubeconfig());
    return Files.writeString(file, text.replaceFirst("token: .*", "token: " + own));
  }
}
