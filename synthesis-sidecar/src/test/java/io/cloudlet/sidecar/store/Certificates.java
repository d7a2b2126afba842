package io.cloudlet.sidecar.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * An authority of a test's own, and the certificates that it has signed, as a key store and as
 * files of PEM.
 */
public final class Certificates {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private final Path folder;
  private final Path store;

  /** Makes the authority. */
  public Certificates(Path folder) throws Exception {
    this.folder = Files.createDirectories(folder);
    store = folder.resolve("store.p12");
    keytool("-genkeypair", "-alias", "ca", "-dname", "CN=ca", "-ext", "bc:c");
  }

  /** Signs a certificate for this host, for servers and clients. */
  public void sign(String alias) throws Exception {
    String names = "san=ip:127.0.0.1,dns:localhost";
    keytool(
        "-genkeypair", "-alias", alias, "-dname", "CN=" + alias, "-signer", "ca", "-ext", names);
  }

  private void keytool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
    command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", new String(PASSWORD)));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    assertThat(process.waitFor(60, SECONDS)).isTrue();
    assertThat(process.exitValue())
        .as(new String(process.getInputStream().readAllBytes(), UTF_8))
        .isZero();
  }

  /** The authority's certificate. */
  public Path authority() throws Exception {
    return write("ca.pem", pem("CERTIFICATE", load().getCertificate("ca").getEncoded()));
  }

  /** A certificate alone: the authority is known. */
  public Path certificate(String alias) throws Exception {
    return write(alias + ".pem", pem("CERTIFICATE", load().getCertificate(alias).getEncoded()));
  }

  public Path key(String alias) throws Exception {
    byte[] key = load().getKey(alias, PASSWORD).getEncoded();
    return write(alias + ".key", pem("PRIVATE KEY", key));
  }

  /** Trusts the authority, and shows a certificate if that is named. */
  public SSLContext context(String... aliases) throws Exception {
    KeyStore trusted = empty();
    trusted.setCertificateEntry("ca", load().getCertificate("ca"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    KeyStore own = empty();
    for (String alias : aliases) {
      own.setKeyEntry(
          alias, load().getKey(alias, PASSWORD), PASSWORD, load().getCertificateChain(alias));
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private KeyStore load() throws GeneralSecurityException, IOException {
    return KeyStore.getInstance(store.toFile(), PASSWORD);
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static String pem(String type, byte[] der) {
    return "-----BEGIN "
        + type
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + type
        + "-----\n";
  }
}
