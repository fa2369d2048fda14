package io.triport.storage.s3;

import io.triport.domain.object.Backend;
import io.triport.domain.object.PassedFields;
import io.triport.domain.request.InvalidInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Response;

/** Calls without a body of ours, made by Amazon's client, which is built at the first of them. Safe for many threads. */
final class Control {
    /** Copies and completions move bytes at the endpoint. */
    private static final Duration LONG = Duration.ofMinutes(15);

    private static final Duration CALL = Duration.ofSeconds(30);
    private static final int SERVER = 500;

    private final Upstream upstream;
    private final AtomicReference<@Nullable Built> built;
    private final PassedFields fields;

    private record Built(Place place, S3AsyncClient client) {}

    Control(Upstream upstream) {
        this(upstream, new AtomicReference<>(), PassedFields.NONE);
    }

    private Control(Upstream upstream, AtomicReference<@Nullable Built> built, PassedFields fields) {
        this.upstream = upstream;
        this.built = built;
        this.fields = fields;
    }

    /** The same client, for a request whose fields go through. */
    Control passing(PassedFields other) {
        return new Control(upstream, built, other);
    }

    /** For requests that may take long. */
    static void patient(AwsRequestOverrideConfiguration.Builder request) {
        request.apiCallTimeout(LONG);
    }

    /** An answer that says no, to be judged by the operation. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient UpstreamError error;

        private Refused(UpstreamError error) {
            super(error.toString(), null, false, false);
            this.error = error;
        }

        UpstreamError error() {
            return error;
        }
    }

    /**
     * @param read makes the result of the answer
     * @throws Refused for an answer that says no
     * @throws io.triport.domain.failure.StorageFailure without an answer
     */
    <A, R> R call(Effect effect, Function<S3AsyncClient, CompletableFuture<A>> call, Function<A, R> read) {
        var moved = false;
        var again = false;
        while (true) {
            var at = upstream.place();
            var circuit = upstream.circuit(at);
            circuit.enter();
            try {
                var answer = answered(call.apply(passing(client(at))));
                circuit.succeeded();
                if (answer instanceof S3Response response) {
                    told(response);
                }
                return read.apply(answer);
            } catch (InterruptedException e) {
                circuit.left();
                throw Transport.interrupted(e, effect);
            } catch (InvalidInput e) {
                throw Failures.malformed(effect);
            } catch (RuntimeException e) {
                circuit.left();
                throw Failures.lost(e, effect);
            } catch (ExecutionException e) {
                var own = Failures.own(e);
                if (own.isPresent()) {
                    circuit.left();
                    throw own.get();
                }
                var retry = !again && effect != Effect.ONCE;
                if (e.getCause() instanceof S3Exception refused && refused.statusCode() > 0) {
                    var error = error(refused);
                    var broken = error.status() >= SERVER && error.status() != 501;
                    Upstream.note(circuit, broken);
                    if (Moves.tells(error.status()) && !moved && upstream.follow(at, error)) {
                        moved = true;
                        continue;
                    }
                    if (!broken || !retry || !circuit.mayRetry()) {
                        throw new Refused(error);
                    }
                } else {
                    circuit.failed();
                    if (!retry || e.getCause() instanceof ApiCallTimeoutException || !circuit.mayRetry()) {
                        throw Failures.lost(e, effect);
                    }
                }
                again = true;
                upstream.rest();
            }
        }
    }

    /** As {@link #call}, for operations that expect no refusal. */
    <A, R> R mustCall(Effect effect, Function<S3AsyncClient, CompletableFuture<A>> call, Function<A, R> read) {
        try {
            return call(effect, call, read);
        } catch (Refused e) {
            throw Failures.of(e.error(), effect);
        }
    }

    private S3AsyncClient passing(S3AsyncClient client) {
        return fields.asked().isEmpty() ? client : new PassingClient(client, fields);
    }

    private void told(S3Response response) {
        var all = new ArrayList<Map.Entry<String, String>>();
        response.sdkHttpResponse()
                .forEachHeader((name, values) -> values.forEach(value -> all.add(Map.entry(name, value))));
        fields.answered(Passing.answered(all));
    }

    private static <A> A answered(CompletableFuture<A> future) throws ExecutionException, InterruptedException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            future.cancel(true);
            throw e;
        }
    }

    private static UpstreamError error(S3Exception refused) {
        var details = refused.awsErrorDetails();
        if (details == null || details.sdkHttpResponse() == null) {
            return new UpstreamError(refused.statusCode(), name -> Optional.empty(), Map.of());
        }
        var raw = details.rawResponse();
        var parsed = UpstreamError.of(
                refused.statusCode(),
                details.sdkHttpResponse()::firstMatchingHeader,
                raw == null ? new byte[0] : raw.asByteArrayUnsafe());
        if (!parsed.code().isEmpty() || details.errorCode() == null) {
            return parsed;
        }
        return new UpstreamError(parsed.status(), parsed.field(), Map.of("Code", details.errorCode()));
    }

    private S3AsyncClient client(Place at) {
        var open = built.get();
        if (open != null && open.place().equals(at)) {
            return open.client();
        }
        var fresh = new Built(at, build(at));
        if (built.compareAndSet(open, fresh)) {
            return fresh.client();
        }
        fresh.client().close();
        return client(at);
    }

    private S3AsyncClient build(Place at) {
        return S3AsyncClient.builder()
                .httpClient(new ControlClient(upstream.transport().connections()))
                .endpointOverride(at.endpoint())
                .region(Region.of(at.region()))
                .forcePathStyle(at.addressing() == Backend.Addressing.PATH)
                .disableS3ExpressSessionAuth(true)
                .credentialsProvider(credentials())
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                // Endpoints that are not Amazon's want a Content-MD5 of a batch delete.
                .addPlugin(LegacyMd5Plugin.create())
                .asyncConfiguration(asynchronous -> asynchronous.advancedOption(
                        SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, Runnable::run))
                .overrideConfiguration(overall -> overall.retryStrategy(retry -> retry.maxAttempts(1))
                        .apiCallTimeout(CALL)
                        // Nothing is taken from files that happen to lie in a home directory.
                        .defaultProfileFile(ProfileFile.aggregator().build()))
                .build();
    }

    private AwsCredentialsProvider credentials() {
        return () -> upstream.signers()
                .key()
                .map(Control::credentials)
                .orElseGet(() -> AnonymousCredentialsProvider.create().resolveCredentials());
    }

    private static AwsCredentials credentials(AccessKey key) {
        return key.sessionToken().size() == 0
                ? AwsBasicCredentials.create(key.id(), Signers.text(key.secret()))
                : AwsSessionCredentials.create(key.id(), Signers.text(key.secret()), Signers.text(key.sessionToken()));
    }
}
