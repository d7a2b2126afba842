package io.cloudlet.sidecar.agent;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The account that the project ships for agents, with its roles and no others; notes what is asked
 * of the API server in its name, in the words of roles.
 */
final class AgentAccount implements Interceptor, AutoCloseable {
  private static final Path ROLES = Path.of("..", "helm", "cloudlet", "rbac", "agent.yaml");
  private static final String NAME = "system:serviceaccount:cloudlet-system:cloudlet-agent";

  /** Group or none, kind, name or none, subresource or none. */
  private static final Pattern PATH =
      Pattern.compile(
          "/(?:api|apis/([^/]+))/v[^/]+(?:/namespaces/[^/]+)?/([a-z]+)(?:/([^/]+))?(?:/([a-z]+))?");

  private final List<HasMetadata> roles;
  private final KubernetesClient client;
  private final Set<String> used = new ConcurrentSkipListSet<>();
  private final Queue<String> refused = new ConcurrentLinkedQueue<>();

  /** Grants the roles. */
  AgentAccount(String kubeConfig, KubernetesClient administrator) throws IOException {
    roles = administrator.load(Files.newInputStream(ROLES)).serverSideApply();
    Config config =
        new ConfigBuilder(Config.fromKubeconfig(kubeConfig))
            .withImpersonateUsername(NAME)
            .withImpersonateGroups(
                "system:serviceaccounts",
                "system:serviceaccounts:cloudlet-system",
                "system:authenticated")
            .build();
    client =
        new KubernetesClientBuilder()
            .withConfig(config)
            .withHttpClientBuilderConsumer(it -> it.addOrReplaceInterceptor("account", this))
            .build();
  }

  /** A client that may do what an agent may. */
  KubernetesClient client() {
    return client;
  }

  /** What was done, such as {@code get leases.coordination.k8s.io}. */
  Set<String> used() {
    return new TreeSet<>(used);
  }

  /** Requests that the roles do not allow. */
  List<String> refused() {
    return new ArrayList<>(refused);
  }

  /** What the roles allow. */
  Set<String> granted() {
    Set<String> granted = new TreeSet<>();
    for (HasMetadata role : roles) {
      switch (role) {
        case ClusterRole cluster -> cluster.getRules().forEach(rule -> add(rule, granted));
        case Role local -> local.getRules().forEach(rule -> add(rule, granted));
        default -> {}
      }
    }
    return granted;
  }

  private static void add(PolicyRule rule, Set<String> granted) {
    for (String group : rule.getApiGroups()) {
      for (String resource : rule.getResources()) {
        rule.getVerbs().forEach(verb -> granted.add(verb + " " + resource + "." + group));
      }
    }
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    Matcher path = PATH.matcher(request.uri().getPath());
    if (path.matches()) {
      used.add(verb(request, path) + " " + resource(path));
    }
  }

  private static String verb(HttpRequest request, Matcher path) {
    boolean watches = String.valueOf(request.uri().getQuery()).contains("watch=true");
    return switch (request.method()) {
      case "GET" -> watches ? "watch" : path.group(3) == null ? "list" : "get";
      case "POST" -> "create";
      case "PUT" -> "update";
      default -> request.method().toLowerCase(Locale.ROOT);
    };
  }

  private static String resource(Matcher path) {
    String subresource = path.group(4) == null ? "" : "/" + path.group(4);
    return path.group(2) + subresource + "." + path.group(1);
  }

  @Override
  public void after(
      HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> body) {
    Matcher path = PATH.matcher(request.uri().getPath());
    if (response.code() == HttpURLConnection.HTTP_FORBIDDEN) {
      refused.add(request.method() + " " + request.uri());
    }
    // To apply something that is not there yet takes two permissions.
    if (response.code() == HttpURLConnection.HTTP_CREATED && path.matches()) {
      used.add("create " + resource(path));
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
