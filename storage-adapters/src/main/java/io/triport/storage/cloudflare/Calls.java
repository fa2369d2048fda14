package io.triport.storage.cloudflare;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.RemoteAccount;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls of the account's API, each made again while it may help. Safe for many threads. */
final class Calls implements AutoCloseable {
    /*
     * Patience
     *
     * Somebody waits for the answer, so a call that fails is made once more and no oftener; one that is sent away because there are
     * too many comes back as it is told, within the bound of all tries. A job has its own patience.
     *
     * Where no connection can be made nothing was done and nothing will be a moment later, so that is told at once, and also to
     * those who come within the next second: if packets vanish on the way, each of them would wait for nothing.
     */
    private static final Duration CONNECTING = Duration.ofSeconds(2);
    private static final Duration ONE_CALL = Duration.ofSeconds(60);
    private static final Duration ALL_TRIES = Duration.ofSeconds(10);
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final int MOST_FAILURES = 2;
    private static final long UNREACHABLE_NANOS = Duration.ofSeconds(1).toNanos();

    /** 100 values of together 25 MiB, each byte in the longest form that JSON has for it. */
    private static final long LONGEST_ANSWER = 6L * 26_214_400 + 1_048_576;

    private final RemoteAccount account;
    private final Means means;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECTING)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    /** When a connection could not be made. */
    private volatile @Nullable Long notReached;

    /** What passes and what is left to chance. */
    record Means(Ticker ticker, Pause pause, Randomness randomness) {}

    Calls(RemoteAccount account, Means means) {
        this.account = account;
        this.means = means;
    }

    /** Whether a call that may have been done may be made again. */
    enum Repeat {
        ALWAYS,
        /** Only when it was certainly not done. */
        UNDONE
    }

    /** @param path behind the account's namespaces, with its query */
    record Call(String method, String path, String type, Bytes body, Repeat repeat) {
        static Call of(String method, String path) {
            return new Call(method, path, "", Bytes.EMPTY, Repeat.ALWAYS);
        }

        Call with(String mediaType, Bytes content) {
            return new Call(method, path, mediaType, content, repeat);
        }

        Call once() {
            return new Call(method, path, type, body, Repeat.UNDONE);
        }
    }

    /** @throws StorageFailure.Unavailable when there is no answer */
    Answer send(Call call) {
        requireReachable();
        var begun = means.ticker.nanos();
        var failures = 0;
        for (var attempt = 1; ; attempt++) {
            try {
                var answer = once(call);
                var again = call.repeat == Repeat.ALWAYS ? answer.passing() : answer.tooMany();
                failures += answer.tooMany() ? 0 : 1;
                if (!again || failures == MOST_FAILURES || !waited(attempt, begun, asked(answer))) {
                    return answer;
                }
            } catch (ConnectException | HttpConnectTimeoutException e) {
                notReached = means.ticker.nanos();
                throw unanswered(FailureCode.UNAVAILABLE, e);
            } catch (IOException e) {
                failures++;
                if (call.repeat == Repeat.UNDONE
                        || failures == MOST_FAILURES
                        || !waited(attempt, begun, Optional.empty())) {
                    throw unanswered(reads(call) ? FailureCode.UNAVAILABLE : FailureCode.OUTCOME_UNKNOWN, e);
                }
            }
        }
    }

    private void requireReachable() {
        var since = notReached;
        if (since != null && means.ticker.nanos() - since < UNREACHABLE_NANOS) {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "account: not reached a moment ago");
        }
    }

    /** Without the cause's message: it may name the address. */
    private static StorageFailure unanswered(FailureCode code, IOException e) {
        return new StorageFailure.Unavailable(
                code, "account: no answer (" + e.getClass().getSimpleName() + ")");
    }

    private static boolean reads(Call call) {
        return call.method.equals("GET");
    }

    private Answer once(Call call) throws IOException {
        var request = HttpRequest.newBuilder(
                        URI.create(account.api() + "/accounts/" + account.id() + "/storage/kv/namespaces" + call.path))
                .timeout(ONE_CALL)
                .header("Authorization", "Bearer " + account.token().use(Calls::text))
                .method(
                        call.method,
                        call.body.isEmpty() && call.type.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(call.body.toByteArray()));
        if (!call.type.isEmpty()) {
            request.header("Content-Type", call.type);
        }
        try {
            var response = client.send(
                    request.build(),
                    HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LONGEST_ANSWER));
            return new Answer(response.statusCode(), response.headers(), Bytes.copyOf(response.body()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(call);
        }
    }

    private static String text(byte[] token) {
        return new String(token, StandardCharsets.UTF_8);
    }

    /** How long the account wants us to wait. */
    private static Optional<Duration> asked(Answer answer) {
        return answer.headers()
                .firstValue("retry-after")
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }

    /** Waits, and a little longer by chance, so that those who were sent away together do not come back together. */
    private boolean waited(int attempt, long begun, Optional<Duration> asked) {
        var own = FIRST_WAIT.multipliedBy(1L << attempt);
        var jitter = FIRST_WAIT
                .multipliedBy(Byte.toUnsignedInt(means.randomness.bytes(1)[0]))
                .dividedBy(256);
        var wait = asked.orElse(own).plus(jitter);
        var passed = Duration.ofNanos(means.ticker.nanos() - begun);
        if (passed.plus(wait).compareTo(ALL_TRIES) > 0) {
            return false;
        }
        try {
            means.pause.of(wait);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static StorageFailure interrupted(Call call) {
        return new StorageFailure.Unavailable(
                reads(call) ? FailureCode.UNAVAILABLE : FailureCode.OUTCOME_UNKNOWN, "account: interrupted");
    }

    @Override
    public void close() {
        client.close();
    }
}
