package io.triport.identity.mtls;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.Headers;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.field.BareItem;
import io.triport.identity.field.FieldParser;
import io.triport.identity.field.Member;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/** Reads the certificate that a proxy hands on. It is judged as if its client had shown it to us. */
final class ForwardedCertificate {
    private static final int MOST_CERTIFICATES = 8;

    private ForwardedCertificate() {}

    /** @throws InvalidInput when it is not of its form */
    static ClientChain read(ForwardedForm form, Headers headers) {
        var value = headers.only(form.certificate()).orElseThrow(ForwardedCertificate::refusal);
        var chain = switch (form) {
            case X_FORWARDED_CLIENT_CERT -> ForwardedElement.parse(value).chain();
            case CLIENT_CERT -> clientCert(value, headers.all(form.companion()));
            case CF_CLIENT_CERT -> cloudflare(value, headers.all(form.companion()));
        };
        if (chain.others().size() >= MOST_CERTIFICATES) {
            throw refusal();
        }
        return chain;
    }

    private static ClientChain clientCert(String value, List<String> chain) {
        var others = chain.isEmpty()
                ? List.<X509Certificate>of()
                : FieldParser.list("client-cert-chain", chain.getFirst()).stream()
                        .map(ForwardedCertificate::certificate)
                        .toList();
        return new ClientChain(certificate(FieldParser.item("client-cert", value)), others);
    }

    private static X509Certificate certificate(Member member) {
        if (member instanceof Member.Item(BareItem.Binary(var der), var parameters)
                && parameters.values().isEmpty()) {
            return Certificates.parse(der.toByteArray());
        }
        throw refusal();
    }

    private static ClientChain cloudflare(String value, List<String> digest) {
        try {
            var certificate = Certificates.parse(Base64.getDecoder().decode(value));
            if (!digest.isEmpty() && !Certificates.sha256(certificate).equals(Bytes.parseHex(digest.getFirst()))) {
                throw refusal();
            }
            return new ClientChain(certificate, List.of());
        } catch (IllegalArgumentException e) {
            throw refusal();
        }
    }

    static InvalidInput refusal() {
        return new InvalidInput("forwarded certificate", "one certificate in the configured form");
    }
}
