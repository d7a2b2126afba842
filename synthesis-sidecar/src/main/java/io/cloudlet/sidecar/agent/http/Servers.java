package io.cloudlet.sidecar.agent.http;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.cloudlet.sidecar.image.CloudletException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** Makes the JDK's servers, which listen but do not answer yet. */
final class Servers {
  private static final int BACKLOG = 128;

  private Servers() {}

  static HttpServer create(InetSocketAddress address, ServerAccess access) throws IOException {
    ServerLimits.bound();
    try {
      if (access.tls().isEmpty()) {
        return HttpServer.create(address, BACKLOG);
      }
      TlsFiles files = access.tls().get();
      SSLContext context = files.server();
      HttpsServer server = HttpsServer.create(address, BACKLOG);
      server.setHttpsConfigurator(new Tls(context, files.authority().isPresent()));
      return server;
    } catch (BindException e) {
      throw new CloudletException(
          "cannot listen on " + address + " (" + e.getMessage() + "); choose another port", e);
    }
  }

  /** Asks for a certificate where an authority is known. */
  private static final class Tls extends HttpsConfigurator {
    private final boolean asks;

    Tls(SSLContext context, boolean asks) {
      super(context);
      this.asks = asks;
    }

    @Override
    public void configure(HttpsParameters parameters) {
      SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
      wanted.setNeedClientAuth(asks);
      wanted.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
      parameters.setSSLParameters(wanted);
    }
  }
}
