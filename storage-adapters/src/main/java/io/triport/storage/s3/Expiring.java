package io.triport.storage.s3;

import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;

/** {@code Expires} is any text, while Amazon's client takes only a date: it goes as a field of its own. */
final class Expiring {
    private static final String EXPIRES = "Expires";

    private Expiring() {}

    static void header(CopyObjectRequest.Builder request, String value) {
        request.overrideConfiguration(own -> {
            Control.patient(own);
            own.putHeader(EXPIRES, value);
        });
    }

    static void header(CreateMultipartUploadRequest.Builder request, String value) {
        request.overrideConfiguration(own -> own.putHeader(EXPIRES, value));
    }
}
