package io.cloudlet.standalone.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/**
 * Hears of every change of a phase before it is stored: the API server asks here, and waits for the
 * answer, which is always yes. Whoever is stopped meanwhile is stopped in that very phase, however
 * quickly it would have passed.
 */
final class Gate implements AutoCloseable {
  private static final int BACKLOG = 50;
  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Map.of("BaseVM", BaseVM.class, "VMOverlay", VMOverlay.class, "Synthesis", Synthesis.class);

  private final KubernetesSerialization serialization;
  private final HttpsServer server;
  private final List<Consumer<Sighting>> listeners = new CopyOnWriteArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();

  /** Opens once the API server asks. */
  Gate(Path folder, KubernetesClient administrator) throws IOException {
    serialization = administrator.getKubernetesSerialization();
    ServerIdentity identity = ServerIdentity.make(folder);
    server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    server.setHttpsConfigurator(new HttpsConfigurator(identity.context()));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
    String url = "https://127.0.0.1:" + server.getAddress().getPort() + "/";
    administrator.resource(GateWebhook.of(url, identity.certificate())).create();
    awaitAsked(administrator);
  }

  private void awaitAsked(KubernetesClient administrator) {
    VMOverlay nothing =
        serialization.unmarshal(
            Specs.yaml("nothing", "synthesisRef: {name: nobody}"), VMOverlay.class);
    Awaitility.await("the API server asks before it stores")
        .atMost(Lab.PATIENCE)
        .ignoreExceptionsInstanceOf(KubernetesClientException.class)
        .until(() -> {
          administrator.resource(nothing).inNamespace(Resources.NAMESPACE).dryRun(true).create();
          return asked.get() > 0;
        });
  }

  /**
   * Tells of each change of a phase to come: what is to be stored then. It is stored when the
   * listener has returned, which has to be within seconds.
   */
  void onPassage(Consumer<Sighting> listener) {
    listeners.add(listener);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode request =
          serialization.unmarshal(exchange.getRequestBody(), JsonNode.class).path("request");
      asked.incrementAndGet();
      tell(request);
      byte[] answer =
          """
          {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview",
           "response": {"uid": "%s", "allowed": true}}
          """
              .formatted(request.path("uid").asText())
              .getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private void tell(JsonNode request) throws IOException {
    String operation = request.path("operation").asText();
    if (request.path("dryRun").asBoolean() || operation.equals("CREATE")) {
      return;
    }
    Sighting before = sighting(request, "oldObject");
    Sighting now =
        operation.equals("DELETE") ? before.in(Sighting.DELETING) : sighting(request, "object");
    if (!now.phase().equals(before.phase())) {
      listeners.forEach(it -> it.accept(now));
    }
  }

  private Sighting sighting(JsonNode request, String field) throws IOException {
    Class<? extends HasMetadata> kind = KINDS.get(request.path("kind").path("kind").asText());
    if (kind == null) {
      throw new IOException("asked for " + request.path("kind"));
    }
    return Sighting.of(serialization.convertValue(request.path(field), kind));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
