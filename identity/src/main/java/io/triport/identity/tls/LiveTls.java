package io.triport.identity.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.triport.domain.request.Bytes;
import io.triport.identity.crl.CrlPolicy;
import io.triport.identity.crl.PublishedLists;
import io.triport.identity.crl.RevocationLists;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManagerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The TLS of one listener: new connections get what its files held when they last fitted together. Safe for many threads. */
final class LiveTls extends SslContext {
    /*
     * Session tickets are sealed with keys of the JDK's, which live as long as a session may: a day.
     */
    private static final Logger LOG = LoggerFactory.getLogger(LiveTls.class);

    /** Those of TLS 1.3, and those of TLS 1.2 with forward secrecy and authenticated encryption. */
    private static final List<String> SUITES = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    /** A client that negotiates anew within a connection costs far more than it spends, and could become another one on the way. */
    private static final String NO_RENEGOTIATION = "jdk.tls.rejectClientInitiatedRenegotiation";

    private final TlsSettings settings;
    private final Clock clock;
    private final List<PublishedLists> published;
    private volatile TlsMaterial material;
    private volatile SslContext current;
    private List<Bytes> judged;
    private List<Bytes> seen;
    private List<Known> known;

    /** What a context was made with of a list, which is another list when that has ended. */
    private record Known(RevocationLists lists, boolean valid) {}

    /** Begins to fetch the lists that are published, and waits for the first ones for a moment. */
    LiveTls(TlsSettings settings, PublishedLists.Surroundings around) throws UnusableTlsFile {
        // The platform reads it once, with the first handshake of a server, and has no other way to be told.
        System.setProperty(NO_RENEGOTIATION, "true");
        this.settings = settings;
        this.clock = around.clock();
        this.judged = TlsMaterial.contents(settings);
        this.seen = judged;
        this.material = TlsMaterial.load(settings);
        this.published = settings.clients() instanceof TlsSettings.Clients.Asked asked
                ? asked.revocations().urls().stream()
                        .map(url -> new PublishedLists(url, () -> material.authorities(), around))
                        .toList()
                : List.of();
        this.known = known();
        this.current = context(material, known);
    }

    /** Whether each list that clients need is there and valid. */
    boolean ready() {
        return published.stream().allMatch(PublishedLists::ready)
                || settings.clients() instanceof TlsSettings.Clients.Asked asked
                        && asked.revocations().policy() == CrlPolicy.SOFT;
    }

    /** Takes over the lists that are published by now, and lets sessions end that were begun by those before. Called by one thread. */
    void renew() {
        var present = known();
        if (!present.equals(known)) {
            known = present;
            try {
                current = context(material, present);
            } catch (UnusableTlsFile e) {
                LOG.atError().addKeyValue("error", e.getMessage()).log("revocation lists refused, the old ones stay");
            }
        }
    }

    private List<Known> known() {
        var now = clock.instant();
        return published.stream()
                .map(PublishedLists::lists)
                .map(lists -> new Known(lists, lists.validAt(now)))
                .toList();
    }

    /**
     * Takes over what the files hold, if it changed and two looks saw the same: who writes one file after the other shows a pair
     * that does not fit for a moment. Called by one thread.
     */
    void look() {
        var present = TlsMaterial.contents(settings);
        var still = present.equals(seen);
        seen = present;
        if (!still || present.equals(judged)) {
            return;
        }
        judged = present;
        try {
            var fresh = TlsMaterial.load(settings);
            current = context(fresh, known);
            material = fresh;
            LOG.atInfo().addKeyValue("cert", settings.cert()).log("certificate adopted");
        } catch (UnusableTlsFile e) {
            LOG.atError().addKeyValue("error", e.getMessage()).log("certificate refused, the old one stays");
        }
    }

    private SslContext context(TlsMaterial held, List<Known> fetched) throws UnusableTlsFile {
        try {
            var builder = SslContextBuilder.forServer(
                            held.key(), held.chain().toArray(new java.security.cert.X509Certificate[0]))
                    .sslProvider(SslProvider.JDK)
                    .protocols(settings.oldest().spoken())
                    .ciphers(SUITES, SupportedCipherSuiteFilter.INSTANCE);
            if (settings.clients() instanceof TlsSettings.Clients.Asked asked) {
                builder.clientAuth(asked.demand() == TlsSettings.Demand.NEED ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL)
                        .trustManager(check(asked, held, fetched));
            }
            if (!settings.protocols().isEmpty()) {
                builder.applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        settings.protocols().stream()
                                .map(TlsSettings.Protocol::id)
                                .toList()));
            }
            return builder.build();
        } catch (SSLException | GeneralSecurityException | IllegalArgumentException e) {
            throw new UnusableTlsFile(
                    UnusableTlsFile.Role.CERT,
                    settings.cert() + " cannot be used for TLS",
                    "a certificate and key for TLS 1.2 and 1.3");
        }
    }

    private TrustManagerFactory check(TlsSettings.Clients.Asked asked, TlsMaterial held, List<Known> fetched)
            throws GeneralSecurityException {
        var lists = new ArrayList<RevocationLists>();
        if (asked.revocations().asked()) {
            lists.add(held.revocations());
            fetched.forEach(each -> lists.add(each.lists()));
        }
        return ClientCheck.of(held.authorities(), lists, asked.revocations().policy(), clock);
    }

    @Override
    public boolean isClient() {
        return false;
    }

    @Override
    public List<String> cipherSuites() {
        return current.cipherSuites();
    }

    @Override
    @SuppressWarnings("deprecation") // the class to extend has it still
    public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
        return current.applicationProtocolNegotiator();
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator allocator) {
        return current.newEngine(allocator);
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator allocator, String peerHost, int peerPort) {
        return current.newEngine(allocator, peerHost, peerPort);
    }

    @Override
    public SSLSessionContext sessionContext() {
        return current.sessionContext();
    }
}
