package io.triport.identity.edge;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.netty.NettySslContextBuilder;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration.NettyListenerConfiguration;
import io.micronaut.http.server.netty.ssl.NettyServerSslFactory;
import io.netty.handler.ssl.SslContext;
import io.triport.identity.tls.TlsListeners;
import jakarta.inject.Singleton;

/** Gives each listener its own TLS, which follows its files by itself, instead of one that the server builds for all. */
@Singleton
@Replaces(NettyServerSslFactory.class)
final class ListenerTls extends NettyServerSslFactory {
    private final TlsListeners listeners;

    ListenerTls(TlsListeners listeners) {
        this.listeners = listeners;
    }

    @Override
    public NettySslContextBuilder serverBuilder(NettyListenerConfiguration listener) {
        return new NettySslContextBuilder(true) {
            @Override
            public SslContext buildTcp() {
                return listeners.of(listener.getName());
            }
        };
    }
}
