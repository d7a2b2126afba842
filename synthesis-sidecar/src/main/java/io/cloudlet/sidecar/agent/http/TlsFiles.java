package io.cloudlet.sidecar.agent.http;

import io.cloudlet.sidecar.image.CloudletException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Files of PEM for TLS. They may be replaced at any time: the next connection uses the new ones.
 *
 * @param certificate of this machine, with those between it and its authority
 * @param key its private key, PKCS#8 without a password
 * @param authority whose certificates others have to show; empty when they need none
 */
public record TlsFiles(Path certificate, Path key, Optional<Path> authority) {
  /** For a server, which trusts the authority and no other. */
  SSLContext server() throws IOException {
    try {
      // Without an authority nobody is asked for a certificate, and none would be trusted.
      TrustManager[] trust =
          authority.isPresent()
              ? new TrustManager[] {Authorities.in(authority.get()).reloaded()}
              : new TrustManager[0];
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
      TrustManager @Nullable [] trust =
          authority.isPresent()
              ? new TrustManager[] {Authorities.in(authority.get()).andKnown().reloaded()}
              : null;
      return context(keys, trust);
    } catch (GeneralSecurityException e) {
      throw unusable(e);
    }
  }

  private KeyManager[] keys() throws GeneralSecurityException, IOException {
    return new KeyManager[] {
      new ReloadedKeys(new Reloaded<>(List.of(certificate, key), this::readKeys))
    };
  }

  private X509ExtendedKeyManager readKeys() throws GeneralSecurityException, IOException {
    char[] none = new char[0];
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    X509Certificate[] chain = new Pem(certificate).certificates().toArray(X509Certificate[]::new);
    store.setKeyEntry("own", new Pem(key).privateKey(), none, chain);
    // The one whose names of keys are those of the store: they outlive a replacement.
    KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
    factory.init(store, none);
    return (X509ExtendedKeyManager) factory.getKeyManagers()[0];
  }

  private static SSLContext context(KeyManager[] keys, TrustManager @Nullable [] trust)
      throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, trust, null);
    return context;
  }

  private static CloudletException unusable(GeneralSecurityException e) {
    return new CloudletException(
        "certificate and key cannot be used: "
            + e.getMessage()
            + "; see whether they belong together",
        e);
  }
}
