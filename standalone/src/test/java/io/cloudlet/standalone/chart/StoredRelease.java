package io.cloudlet.standalone.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.zip.GZIPInputStream;

/**
 * What Helm keeps about a release, hooks included, in a Secret: JSON in gzip in base64, beside the
 * base64 of every Secret.
 *
 * @param client may read Secrets
 * @param namespace of the release
 */
record StoredRelease(KubernetesClient client, String namespace) {
  /** The first revision of a release. */
  JsonNode json(String release) throws IOException {
    Base64.Decoder base64 = Base64.getDecoder();
    String stored =
        client
            .secrets()
            .inNamespace(namespace)
            .withName("sh.helm.release.v1." + release + ".v1")
            .require()
            .getData()
            .get("release");
    byte[] zipped = base64.decode(base64.decode(stored));
    try (var json = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
      return new ObjectMapper().readTree(json);
    }
  }
}
