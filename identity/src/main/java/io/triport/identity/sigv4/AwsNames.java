package io.triport.identity.sigv4;

/** Words of Signature Version 4, as the protocol writes them; headers in lower case. */
final class AwsNames {
    static final String ALGORITHM = "AWS4-HMAC-SHA256";
    static final String OLD_ALGORITHM = "AWS";
    static final String TERMINATOR = "aws4_request";

    static final String AUTHORIZATION = "authorization";
    static final String HOST = "host";
    static final String DATE = "date";
    static final String X_AMZ = "x-amz-";
    static final String X_AMZ_DATE = "x-amz-date";
    static final String CONTENT_SHA256 = "x-amz-content-sha256";
    static final String DECODED_LENGTH = "x-amz-decoded-content-length";
    static final String SECURITY_TOKEN = "x-amz-security-token";
    static final String TRAILER = "x-amz-trailer";

    static final String QUERY_ALGORITHM = "X-Amz-Algorithm";
    static final String QUERY_CREDENTIAL = "X-Amz-Credential";
    static final String QUERY_DATE = "X-Amz-Date";
    static final String QUERY_EXPIRES = "X-Amz-Expires";
    static final String QUERY_SIGNED_HEADERS = "X-Amz-SignedHeaders";
    static final String QUERY_SIGNATURE = "X-Amz-Signature";
    static final String QUERY_SECURITY_TOKEN = "X-Amz-Security-Token";
    static final String QUERY_CONTENT_SHA256 = "X-Amz-Content-Sha256";

    private AwsNames() {}
}
