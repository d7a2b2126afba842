package io.cloudlet.operator;

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

/** What a client asks of an API server, in the words of roles. */
final class RequestLog implements Interceptor {
  private static final String ACCOUNT = "system:serviceaccount:cloudlet-system:cloudlet-operator";

  /** Group or none, namespace or none, kind, name or none, subresource or none. */
  private static final Pattern PATH =
      Pattern.compile(
          "/(?:api|apis/([^/]+))/v[^/]+(?:/namespaces/([^/]+))?/([a-z]+)(?:/([^/]+))?(?:/([a-z]+))?");

  /**
   * A request.
   *
   * @param permission verb, kind and group, such as {@code get leases.coordination.k8s.io}
   */
  record Entry(String permission, String method, String path) {}

  private final List<Entry> entries = new CopyOnWriteArrayList<>();
  private final List<String> refused = new CopyOnWriteArrayList<>();
  private volatile Consumer<Entry> before = entry -> {};

  /** A client that acts as the operator's account, with its permissions and no others. */
  KubernetesClient client(String kubeConfig) {
    Config config =
        new ConfigBuilder(Config.fromKubeconfig(kubeConfig))
            .withImpersonateUsername(ACCOUNT)
            .withImpersonateGroups(
                "system:serviceaccounts",
                "system:serviceaccounts:cloudlet-system",
                "system:authenticated")
            .build();
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withHttpClientBuilderConsumer(it -> it.addOrReplaceInterceptor("log", this))
        .build();
  }

  /** Does something before each request is sent. */
  void before(Consumer<Entry> what) {
    before = what;
  }

  List<Entry> entries() {
    return List.copyOf(entries);
  }

  List<String> refused() {
    return List.copyOf(refused);
  }

  Set<String> permissions() {
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
