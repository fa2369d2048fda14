package io.triport.identity.jwks;

import io.triport.domain.request.Bytes;
import io.triport.identity.jose.TestIssuer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Counts who asks it, and answers what a test wants. */
final class KeyServer implements JwksClient {
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicReference<JwksAnswer> answer;

    KeyServer(TestIssuer... keys) {
        this.answer = new AtomicReference<>(answer(TestIssuer.published(keys), Freshness.USUAL));
    }

    void publishes(TestIssuer... keys) {
        says(TestIssuer.published(keys));
    }

    void says(String text) {
        answer.set(answer(text, Freshness.USUAL));
    }

    void fails() {
        answer.set(new JwksAnswer.Failed("status 503"));
    }

    int asked() {
        return asked.get();
    }

    @Override
    public JwksAnswer fetch(JwksUrl url) {
        asked.incrementAndGet();
        return answer.get();
    }

    private static JwksAnswer answer(String text, Duration fresh) {
        return new JwksAnswer.Fetched(Bytes.utf8(text), fresh);
    }
}
