package io.cloudlet.testing;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.HttpURLConnection;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a client asks of an API server, in the words of roles. Thread-safe. */
public final class RequestLog implements Interceptor {
  private static final String NAMESPACE = "cloudlet-system";

  /** Group or none, namespace or none, kind, name or none, subresource or none. */
  private static final Pattern PATH =
      Pattern.compile(
          "/(?:api|apis/([^/]+))/v[^/]+(?:/namespaces/([^/]+))?/([a-z]+)(?:/([^/]+))?(?:/([a-z]+))?");

  /**
   * A request.
   *
   * @param permission verb, kind and group, such as {@code get leases.coordination.k8s.io}
   * @param method of HTTP
   * @param path of its URL
   */
  public record Entry(String permission, String method, String path) {}

  private final List<Entry> entries = new CopyOnWriteArrayList<>();
  private final List<String> refused = new CopyOnWriteArrayList<>();
  private volatile Consumer<Entry> before = entry -> {};

  /** Nothing yet. */
  public RequestLog() {}

  /**
   * A client whose requests are noted, and which may do what a service account may and nothing
   * else; the caller closes it.
   *
   * @param account its name, in the namespace where operator and agents are
   */
  public KubernetesClient client(String kubeConfig, String account) {
    Config config =
        new ConfigBuilder(Config.fromKubeconfig(kubeConfig))
            .withImpersonateUsername("system:serviceaccount:" + NAMESPACE + ":" + account)
            .withImpersonateGroups(
                "system:serviceaccounts",
                "system:serviceaccounts:" + NAMESPACE,
                "system:authenticated")
            .build();
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withHttpClientBuilderConsumer(it -> it.addOrReplaceInterceptor("log", this))
        .build();
  }

  /** Does something before each request is sent. */
  public void before(Consumer<Entry> what) {
    before = what;
  }

  /** All requests, in order. */
  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** Requests that the roles do not allow. */
  public List<String> refused() {
    return List.copyOf(refused);
  }

  /** What was done, such as {@code get leases.coordination.k8s.io}. */
  public Set<String> permissions() {
    return entries.stream().map(Entry::permission).collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    Matcher path = PATH.matcher(request.uri().getPath());
    if (path.matches()) {
      Entry entry = entry(path, request);
      entries.add(entry);
      before.accept(entry);
    }
  }

  @Override
  public void after(
      HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> c) {
    Matcher path = PATH.matcher(request.uri().getPath());
    if (response.code() == HttpURLConnection.HTTP_FORBIDDEN) {
      refused.add(request.method() + " " + request.uri());
    }
    // To apply something that is not there yet takes two permissions.
    if (response.code() == HttpURLConnection.HTTP_CREATED && path.matches()) {
      entries.add(new Entry("create " + resource(path), request.method(), path.group()));
    }
  }

  private static Entry entry(Matcher path, HttpRequest request) {
    boolean watches = String.valueOf(request.uri().getQuery()).contains("watch=true");
    String verb =
        switch (request.method()) {
          case "GET" -> watches ? "watch" : path.group(4) == null ? "list" : "get";
          case "POST" -> "create";
          case "PUT" -> "update";
          default -> request.method().toLowerCase(Locale.ROOT);
        };
    return new Entry(verb + " " + resource(path), request.method(), path.group());
  }

  private static String resource(Matcher path) {
    String subresource = path.group(5) == null ? "" : "/" + path.group(5);
    String group = path.group(1) == null ? "" : "." + path.group(1);
    return path.group(3) + subresource + group;
  }
}
