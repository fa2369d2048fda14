package io.triport.identity.mtls;

import io.triport.domain.identity.AuthStrength;
import io.triport.domain.identity.Claims;
import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.IdentityMechanism;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.PrincipalId;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.RevocationList;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.TransportSecurity;
import io.triport.identity.revocation.RevocationGuard;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Clients with a certificate, {@code mtls}. The certificate is judged at each request, also on a connection that was made or
 * resumed while it was still good. Safe for many threads.
 */
public final class MtlsMechanism implements IdentityMechanism {
    /*
     * Own or forwarded, never both. Behind a proxy that has a certificate of its own, the certificate of the handshake is the
     * proxy's, and taking it for the client's would let every client in.
     */
    private static final Issuer KNOWN = new Issuer("client-certificates");
    private static final Duration RETRY = Duration.ofSeconds(60);

    private final MechanismName name;
    private final MtlsSettings settings;
    private final ClientTrust trust;
    private final RevocationGuard guard;

    public MtlsMechanism(MechanismName name, MtlsSettings settings, ClientTrust trust, RevocationList revocations) {
        this.name = name;
        this.settings = settings;
        this.trust = trust;
        this.guard = new RevocationGuard(revocations, settings.revocation());
    }

    @Override
    public MechanismName name() {
        return name;
    }

    @Override
    public boolean ready() {
        return trust.ready();
    }

    @Override
    public boolean present(Fetch request) {
        return switch (settings.source()) {
            case CertificateSource.OwnTls own -> request.peer().security() instanceof TransportSecurity.MutualTls;
            case CertificateSource.Forwarded forwarded ->
                forwarded.form().headers().stream().anyMatch(request.headers()::has);
        };
    }

    @Override
    public IdentityOutcome verify(Fetch request, Instant now) {
        return switch (settings.source()) {
            case CertificateSource.OwnTls own ->
                request.peer().security() instanceof TransportSecurity.MutualTls(var chain)
                        ? judge(ClientChain.of(chain), now)
                        : new IdentityOutcome.Rejected(Reason.NO_CREDENTIALS);
            case CertificateSource.Forwarded forwarded -> verifyForwarded(forwarded, request, now);
        };
    }

    private IdentityOutcome verifyForwarded(CertificateSource.Forwarded forwarded, Fetch request, Instant now) {
        if (!forwarded.shownBy(request)) {
            return new IdentityOutcome.Rejected(Reason.CERT_UNTRUSTED);
        }
        if (forwarded.repeated(request)) {
            return new IdentityOutcome.Rejected(Reason.AMBIGUOUS_CREDENTIALS);
        }
        try {
            return judge(ForwardedCertificate.read(forwarded.form(), request.headers()), now);
        } catch (InvalidInput e) {
            return new IdentityOutcome.Rejected(Reason.CERT_UNTRUSTED);
        }
    }

    private IdentityOutcome judge(ClientChain chain, Instant now) {
        return switch (trust.judge(chain, now)) {
            case ClientTrust.Verdict.Untrusted untrusted -> new IdentityOutcome.Rejected(Reason.CERT_UNTRUSTED);
            case ClientTrust.Verdict.Undecidable undecidable -> new IdentityOutcome.Unavailable(RETRY);
            case ClientTrust.Verdict.Trusted(var until) -> admit(chain.certificate(), now, until);
        };
    }

    private IdentityOutcome admit(X509Certificate certificate, Instant now, Instant until) {
        try {
            var names = CertificateName.of(certificate);
            var known = settings.clients().stream()
                    .filter(client -> names.contains(client.name()))
                    .toList();
            if (!settings.spiffe().isEmpty()) {
                return admitWorkload(certificate, names, known, now, until);
            }
            if (settings.clients().isEmpty()) {
                var key = new Subject(
                        "sha256:" + Certificates.keySha256(certificate).toHex());
                return authenticated(
                        KNOWN, new KnownClient(key, names.getFirst(), Set.of(), Set.of()), certificate, now, until);
            }
            // Of several entries none is more right than another.
            return known.size() == 1
                    ? authenticated(KNOWN, known.getFirst(), certificate, now, until)
                    : new IdentityOutcome.Rejected(known.isEmpty() ? Reason.POLICY_DENIED : Reason.CERT_UNTRUSTED);
        } catch (InvalidInput e) {
            return new IdentityOutcome.Rejected(Reason.CERT_UNTRUSTED);
        }
    }

    private IdentityOutcome admitWorkload(
            X509Certificate certificate,
            List<CertificateName> names,
            List<KnownClient> known,
            Instant now,
            Instant until) {
        var uris = names.stream().filter(CertificateName.Uri.class::isInstance).toList();
        if (uris.size() != 1 || !(uris.getFirst() instanceof CertificateName.Uri uri)) {
            throw new InvalidInput("certificate", "exactly one URI");
        }
        var id = new SpiffeId(uri.text());
        if (!id.trustDomain().equals(settings.spiffe())) {
            throw new InvalidInput("certificate", "a name of the trust domain");
        }
        var issuer = new Issuer("spiffe://" + id.trustDomain());
        var workload = new Subject(id.text());
        var roles = known.isEmpty()
                ? Set.<io.triport.domain.identity.Role>of()
                : known.getFirst().roles();
        var scopes = known.isEmpty()
                ? Set.<io.triport.domain.identity.Scope>of()
                : known.getFirst().scopes();
        return authenticated(issuer, new KnownClient(workload, uri, roles, scopes), certificate, now, until);
    }

    private IdentityOutcome authenticated(
            Issuer issuer, KnownClient client, X509Certificate certificate, Instant now, Instant until) {
        var principal = new Principal(
                new PrincipalId(name, issuer, client.subject()),
                Principal.Kind.SERVICE,
                client.roles(),
                client.scopes(),
                Claims.NONE,
                new CredentialId(Certificates.sha256(certificate).toHex()),
                certificate.getNotBefore().toInstant(),
                now,
                until,
                AuthStrength.POSSESSION);
        return guard.pass(new IdentityOutcome.Authenticated(principal, Permissions.NONE, List.of()));
    }
}
