package io.triport.storage.s3;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.time.Randomness;
import io.triport.storage.endpoint.Call;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** A bucket behind an endpoint. Safe for many threads; the place is the last that the endpoint told. */
final class Upstream {
    private static final String NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final int SERVER = 500;
    private static final int NOT_IMPLEMENTED = 501;
    /** Above it a refusal shall come before the bytes. */
    private static final long ASK_FIRST_BYTES = 1L << 20;

    private static final long PAUSE = Duration.ofMillis(20).toNanos();
    private static final long JITTER = Duration.ofMillis(80).toNanos();

    private final Transport transport;
    private final Circuits circuits;
    private final String bucket;
    private final Signers signers;
    private final DerivedKeys derived = new DerivedKeys();
    private final Clock clock;
    private final Randomness randomness;
    private volatile Place place;

    Upstream(
            Transport transport,
            Circuits circuits,
            Place place,
            String bucket,
            Signers signers,
            Clock clock,
            Randomness randomness) {
        this.transport = transport;
        this.circuits = circuits;
        this.place = place;
        this.bucket = bucket;
        this.signers = signers;
        this.clock = clock;
        this.randomness = randomness;
    }

    /**
     * The answer, whatever its status but a redirection. The body of the request is given back in any case.
     *
     * @throws StorageFailure without an answer; what the content failed with comes out as it is
     */
    Answer send(Outgoing request) {
        try {
            return answered(request);
        } finally {
            if (request.body() != null) {
                request.body().close();
            }
        }
    }

    private Answer answered(Outgoing request) {
        var moved = false;
        var again = false;
        while (true) {
            var at = place;
            var circuit = circuits.of(at);
            var signed = signed(request, at);
            circuit.enter();
            try {
                var answer = transport.exchange(signed, request.body());
                var broken = answer.status() >= SERVER && answer.status() != NOT_IMPLEMENTED;
                note(circuit, broken);
                if (Moves.tells(answer.status())) {
                    var error = answer.error();
                    if (!follow(at, error) || moved || !request.repeatable() && request.body() != null) {
                        throw Failures.of(error, Effect.NONE);
                    }
                    moved = true;
                } else if (broken && !again && request.repeatable() && circuit.mayRetry()) {
                    answer.drop();
                    again = true;
                    rest();
                } else {
                    return answer;
                }
            } catch (ExecutionException | TimeoutException e) {
                throwOf(request, circuit);
                circuit.failed();
                // Who is silent for so long is so again, and the caller has not the time to find out.
                if (again || e instanceof TimeoutException || !request.repeatable() || !circuit.mayRetry()) {
                    throw Failures.lost(e, request.whenLost());
                }
                again = true;
                rest();
            } catch (InterruptedException e) {
                circuit.left();
                throw Transport.interrupted(e, request.whenLost());
            } catch (RuntimeException e) {
                circuit.left();
                throw e;
            }
        }
    }

    /** A content that failed is no failure of the endpoint. */
    private static void throwOf(Outgoing request, Circuit circuit) {
        var cause = Optional.ofNullable(request.body()).flatMap(UploadBody::failure);
        if (cause.isEmpty()) {
            return;
        }
        circuit.left();
        rethrow(cause.get());
    }

    /** As it is, where it can be. */
    static void rethrow(Throwable cause) {
        switch (cause) {
            case RuntimeException own -> throw own;
            case Error own -> throw own;
            case Throwable other ->
                throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "s3: the body broke off", other);
        }
    }

    /** Whether there is another place, which counts from now on. */
    boolean follow(Place from, UpstreamError error) {
        var next = Moves.of(from, bucket, error);
        next.ifPresent(found -> place = found);
        return next.isPresent();
    }

    static void note(Circuit circuit, boolean broken) {
        if (broken) {
            circuit.failed();
        } else {
            circuit.succeeded();
        }
    }

    void rest() {
        var chance = (randomness.bytes(1)[0] & 0xFF) * JITTER / 0xFF;
        LockSupport.parkNanos(PAUSE + chance);
    }

    String bucket() {
        return bucket;
    }

    Place place() {
        return place;
    }

    Circuit circuit(Place at) {
        return circuits.of(at);
    }

    Signers signers() {
        return signers;
    }

    Transport transport() {
        return transport;
    }

    Clock clock() {
        return clock;
    }

    private Call signed(Outgoing request, Place at) {
        var key = signers.key();
        var body = request.body();
        var now = clock.instant();
        var fields = new TreeMap<>(request.fields());
        var path = at.path(bucket, UrlText.path(request.key()));
        fields.put("host", at.authority(bucket));
        var hash = body == null ? NOTHING : body.framed() ? "STREAMING-UNSIGNED-PAYLOAD-TRAILER" : "UNSIGNED-PAYLOAD";
        if (body != null && body.framed()) {
            fields.putAll(body.framing());
            fields.merge("content-encoding", "aws-chunked", (own, added) -> own + "," + added);
        }
        if (key.isPresent() || body != null && body.framed()) {
            fields.put("x-amz-content-sha256", hash);
        }
        key.ifPresent(known -> {
            fields.put("x-amz-date", Signature.time(now));
            if (known.sessionToken().size() > 0) {
                fields.put("x-amz-security-token", Signers.text(known.sessionToken()));
            }
            var signed = new Signature.Signed(request.method(), path, request.query(), fields, hash);
            var signature = new Signature(at.region(), "s3", now);
            fields.put(
                    "authorization",
                    signature.authorization(signed, known.id(), derived.of(known.secret(), signature)));
        });
        return built(request, at, path, fields);
    }

    private Call built(Outgoing request, Place at, String path, Map<String, String> fields) {
        var head = new ArrayList<>(fields.entrySet());
        head.add(Map.entry("user-agent", Transport.USER_AGENT));
        var body = request.body();
        if (body != null) {
            head.add(Map.entry("content-length", Long.toString(body.sentLength())));
            if (body.length() > ASK_FIRST_BYTES) {
                head.add(Map.entry("expect", "100-continue"));
            }
        }
        return new Call(at.address(bucket), request.method(), target(path, request), List.copyOf(head), body);
    }

    private static String target(String path, Outgoing request) {
        return request.query().isEmpty()
                ? path
                : path
                        + request.query().stream()
                                .map(entry -> UrlText.encoded(entry.getKey()) + "=" + UrlText.encoded(entry.getValue()))
                                .collect(Collectors.joining("&", "?", ""));
    }
}
