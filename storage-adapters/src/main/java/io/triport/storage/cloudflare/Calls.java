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
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Calls of the account's API, each made again while it may help. Safe for many threads. */
final class Calls implements AutoCloseable {
    private static final Duration CONNECTING = Duration.ofSeconds(10);
    private static final Duration ONE_CALL = Duration.ofSeconds(60);
    private static final Duration ALL_TRIES = Duration.ofSeconds(90);
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final int MOST_TRIES = 6;

    /** 100 values of together 25 MiB, each byte in the longest form that JSON has for it. */
    private static final long LONGEST_ANSWER = 6L * 26_214_400 + 1_048_576;

    private final RemoteAccount account;
    private final Means means;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECTING)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

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

    /** @throws StorageFailure.Unavailable when there is no answer however often it was asked */
    Answer send(Call call) {
        var begun = means.ticker.nanos();
        for (var attempt = 1; ; attempt++) {
            var last = attempt == MOST_TRIES;
            try {
                var answer = once(call);
                var again = call.repeat == Repeat.ALWAYS ? answer.passing() : answer.tooMany();
                if (!again || last || !waited(attempt, begun, asked(answer))) {
                    return answer;
                }
            } catch (IOException e) {
                var undone = e instanceof ConnectException;
                if (last || !(undone || call.repeat == Repeat.ALWAYS) || !waited(attempt, begun, Optional.empty())) {
                    // Without the cause's message: it may name the address.
                    throw new StorageFailure.Unavailable(
                            undone || reads(call) ? FailureCode.UNAVAILABLE : FailureCode.OUTCOME_UNKNOWN,
                            "account: no answer (" + e.getClass().getSimpleName() + ")");
                }
            }
        }
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
