package io.triport.storage.s3;

import io.triport.domain.object.PassedFields;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.DelegatingS3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.S3Request;

/** Amazon's client, with the caller's fields in each request. */
final class PassingClient extends DelegatingS3AsyncClient {
    private final PassedFields fields;

    PassingClient(S3AsyncClient client, PassedFields fields) {
        super(client);
        this.fields = fields;
    }

    @Override
    @SuppressWarnings("unchecked") // a builder makes a request of the kind that it was made of
    protected <T extends S3Request, R> CompletableFuture<R> invokeOperation(
            T request, Function<T, CompletableFuture<R>> operation) {
        var own = request.overrideConfiguration()
                .map(AwsRequestOverrideConfiguration::toBuilder)
                .orElseGet(AwsRequestOverrideConfiguration::builder);
        fields.asked().forEach(own::putHeader);
        return operation.apply(
                (T) request.toBuilder().overrideConfiguration(own.build()).build());
    }
}
