package io.cloudlet.sidecar.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebianCustomisationTest {
  @TempDir Path packages;

  @BeforeEach
  void somePackages() throws IOException {
    Files.writeString(packages.resolve("redis-server_5%3a7.0_amd64.deb"), "redis");
    Files.writeString(packages.resolve("nginx_1.22_amd64.deb"), "nginx");
    Files.writeString(packages.resolve("lock"), "");
  }

  private DebianCustomisation customisation() throws IOException {
    GuestImage image =
        new GuestImage(packages, packages, packages, "", 1L << 30, Pattern.compile("ready"), 7000);
    return DebianCustomisation.of(new DebianGuest(image, packages));
  }

  private static HttpResponse<String> get(DebianCustomisation served, String name)
      throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + served.port() + "/" + name);
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void servesPackagesByPlainNames() throws Exception {
    try (DebianCustomisation served = customisation()) {
      assertThat(get(served, "packages").body()).isEqualTo("0000.deb\n0001.deb");
      assertThat(get(served, "0000.deb").body()).isEqualTo("nginx");
      assertThat(get(served, "0001.deb").body()).isEqualTo("redis");
    }
  }

  @Test
  void servesItsScriptsAndNothingElse() throws Exception {
    try (DebianCustomisation served = customisation()) {
      assertThat(get(served, "customise").body()).startsWith("#!/bin/sh");
      assertThat(get(served, "service.py").body()).contains("class State");
      assertThat(get(served, "lock").statusCode()).isEqualTo(404);
      assertThat(get(served, "..%2fetc%2fpasswd").statusCode()).isEqualTo(404);
    }
  }
}
