package io.triport.identity.signer;

import io.triport.domain.identity.MechanismName;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.Method;
import io.triport.identity.page.OwnPages;
import io.triport.identity.page.PageAnswer;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What others check our tokens with, at the root and, where the issuer has a path, below it too. Safe for many threads. */
public record SignerPages(TokenSigner signer) implements OwnPages {
    private static final Set<Method> READING = Set.of(Method.GET, Method.HEAD);

    @Override
    public Set<String> paths() {
        var below = URI.create(signer.issuer().text()).getRawPath();
        return below.isEmpty()
                ? Set.of(PublishedDocument.KEYS_PATH, PublishedDocument.DISCOVERY_PATH)
                : Set.of(
                        PublishedDocument.KEYS_PATH,
                        PublishedDocument.DISCOVERY_PATH,
                        below + PublishedDocument.KEYS_PATH,
                        below + PublishedDocument.DISCOVERY_PATH);
    }

    @Override
    public PageAnswer answer(Fetch request, Instant now) {
        if (!READING.contains(request.method())) {
            return new PageAnswer.OtherMethod("GET, HEAD");
        }
        var document = request.target().path().endsWith(PublishedDocument.KEYS_PATH)
                ? signer.keys(now)
                : signer.discovery(now);
        return new PageAnswer.Document(document.json(), PublishedDocument.MAX_AGE);
    }

    @Override
    public Optional<MechanismName> verifier() {
        return Optional.empty();
    }
}
