package io.cloudlet.sidecar.agent.http;

import io.cloudlet.sidecar.image.CloudletException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Files of PEM for TLS.
 *
 * @param certificate of this machine, with those between it and its authority
 * @param key its private key, PKCS#8 without a password
 * @param authority whose certificates others have to show; empty when they need none
 */
public record TlsFiles(Path certificate, Path key, Optional<Path> authority) {
  /** For a server, which trusts the authority and no other. */
  SSLContext server() throws IOException {
    try {
      TrustManager[] trust =
          authority.isPresent() ? trust(new Pem(authority.get()).certificates()) : none();
      return context(keys(), trust);
    } catch (GeneralSecurityException e) {
      throw unusable(e);
    }
  }

  /** For a client, which trusts the authority and those that the JDK knows. */
  public SSLContext client() throws IOException {
    return client(Optional.of(this), authority);
  }

  /**
   * For a client that may have no certificate of its own.
   *
   * @param own what it shows to servers that ask
   * @param authority trusted beside those that the JDK knows
   */
  public static SSLContext client(Optional<TlsFiles> own, Optional<Path> authority)
      throws IOException {
    try {
      KeyManager[] keys = own.isPresent() ? own.get().keys() : new KeyManager[0];
      if (authority.isEmpty()) {
        return context(keys, null);
      }
      List<X509Certificate> trusted = new ArrayList<>(known());
      trusted.addAll(new Pem(authority.get()).certificates());
      return context(keys, trust(trusted));
    } catch (GeneralSecurityException e) {
      throw unusable(e);
    }
  }

  private KeyManager[] keys() throws GeneralSecurityException, IOException {
    char[] none = new char[0];
    KeyStore store = empty();
    X509Certificate[] chain = new Pem(certificate).certificates().toArray(X509Certificate[]::new);
    store.setKeyEntry("own", new Pem(key).privateKey(), none, chain);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, none);
    return factory.getKeyManagers();
  }

  private static TrustManager[] trust(List<X509Certificate> authorities)
      throws GeneralSecurityException, IOException {
    KeyStore store = empty();
    for (int i = 0; i < authorities.size(); i++) {
      store.setCertificateEntry("authority " + i, authorities.get(i));
    }
    return managers(store);
  }

  /** Nobody: a store without any entry is refused. */
  private static TrustManager[] none() {
    return new TrustManager[0];
  }

  private static List<X509Certificate> known() throws GeneralSecurityException {
    for (TrustManager manager : managers(null)) {
      if (manager instanceof X509TrustManager x509) {
        return List.of(x509.getAcceptedIssuers());
      }
    }
    return List.of();
  }

  private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static SSLContext context(KeyManager[] keys, TrustManager @Nullable [] trust)
      throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, trust, null);
    return context;
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static CloudletException unusable(GeneralSecurityException e) {
    return new CloudletException(
        "certificate and key cannot be used: "
            + e.getMessage()
            + "; see whether they belong together",
        e);
  }
}
