package io.cloudlet.standalone.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A key of this host with a certificate that it has signed itself. */
record ServerIdentity(KeyStore keys) {
  private static final String PASSWORD = "changeit";
  private static final String ALIAS = "server";
  private static final long LIMIT_SECONDS = 60;

  /** Makes one; its file lies in a folder. */
  static ServerIdentity make(Path folder) throws IOException {
    Path file = folder.resolve("server.p12");
    keytool(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            ALIAS,
            "-dname",
            "CN=127.0.0.1",
            "-ext",
            "san=ip:127.0.0.1",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-validity",
            "2",
            "-keystore",
            file.toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD));
    try {
      return new ServerIdentity(KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray()));
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static void keytool(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException(
            "keytool failed: " + new String(process.getInputStream().readAllBytes(), UTF_8));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** The certificate, PEM in Base64. */
  String certificate() throws IOException {
    try {
      byte[] der = keys.getCertificate(ALIAS).getEncoded();
      String pem =
          "-----BEGIN CERTIFICATE-----\n"
              + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
              + "\n-----END CERTIFICATE-----\n";
      return Base64.getEncoder().encodeToString(pem.getBytes(US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** For a server that shows the certificate. */
  SSLContext context() throws IOException {
    try {
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }
}
