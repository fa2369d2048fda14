package io.triport.objects.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.request.Headers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class S3ParserTest {
    private static final Headers COPY = new Headers(Map.of("x-amz-copy-source", List.of("data/a")));
    private static final Headers FORM = new Headers(Map.of("content-type", List.of("multipart/form-data; boundary=x")));

    private static S3Operation parse(String method, String target, Headers headers) {
        var question = target.indexOf('?');
        var path = question < 0 ? target : target.substring(0, question);
        var query = S3Query.parse(question < 0 ? "" : target.substring(question));
        return S3Parser.parse(method, S3Address.of(path, "localhost", List.of()), query, headers);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, ListBuckets",
        "PUT, /data, CreateBucket",
        "DELETE, /data, DeleteBucket",
        "HEAD, /data, HeadBucket",
        "GET, /data, ListObjects",
        "GET, /data?list-type=2&prefix=a, ListObjectsV2",
        "GET, /data?versions, ListObjectVersions",
        "GET, /data?versions=, ListObjectVersions",
        "GET, /data?uploads, ListMultipartUploads",
        "GET, /data?location, GetBucketLocation",
        "GET, /data?versioning, GetBucketVersioning",
        "PUT, /data?versioning, PutBucketVersioning",
        "GET, /data?cors, GetBucketCors",
        "PUT, /data?cors, PutBucketCors",
        "DELETE, /data?cors, DeleteBucketCors",
        "GET, /data?tagging, GetBucketTagging",
        "PUT, /data?tagging, PutBucketTagging",
        "DELETE, /data?tagging, DeleteBucketTagging",
        "GET, /data?acl, GetBucketAcl",
        "PUT, /data?acl, PutBucketAcl",
        "POST, /data?delete, DeleteObjects",
        "OPTIONS, /data/a, Preflight",
        "GET, /data/a?versionId=1&x-id=GetObject, GetObject",
        "GET, /data/a?unknown=1, GetObject",
        "HEAD, /data/a, HeadObject",
        "PUT, /data/a, PutObject",
        "DELETE, /data/a, DeleteObject",
        "GET, /data/a?attributes, GetObjectAttributes",
        "GET, /data/a?tagging, GetObjectTagging",
        "PUT, /data/a?tagging, PutObjectTagging",
        "DELETE, /data/a?tagging, DeleteObjectTagging",
        "GET, /data/a?acl, GetObjectAcl",
        "PUT, /data/a?acl, PutObjectAcl",
        "POST, /data/a?uploads, CreateMultipartUpload",
        "PUT, /data/a?partNumber=1&uploadId=u, UploadPart",
        "POST, /data/a?uploadId=u, CompleteMultipartUpload",
        "DELETE, /data/a?uploadId=u, AbortMultipartUpload",
        "GET, /data/a?uploadId=u, ListParts"
    })
    void a_target_says_which_operation_it_is(String method, String target, String operation) {
        assertThat(parse(method, target, Headers.NONE).label()).isEqualTo(operation);
    }

    @ParameterizedTest
    @CsvSource({"/data/a, CopyObject", "/data/a?partNumber=2&uploadId=u, UploadPartCopy"})
    void a_put_with_a_source_is_a_copy(String target, String operation) {
        assertThat(parse("PUT", target, COPY).label()).isEqualTo(operation);
    }

    @ParameterizedTest
    @CsvSource({"/data, PostObject"})
    void a_form_is_an_upload(String target, String operation) {
        assertThat(parse("POST", target, FORM).label()).isEqualTo(operation);
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /data?lifecycle, NotImplemented",
        "DELETE, /data?policy=, NotImplemented",
        "GET, /data/a?torrent, NotImplemented",
        "PUT, /data/a?retention, NotImplemented",
        "PUT, /data/a?brandnew, NotImplemented",
        "GET, /data?attributes, NotImplemented",
        "PATCH, /data/a, MethodNotAllowed",
        "POST, /data/a, MethodNotAllowed",
        "GET, /data?delete, MethodNotAllowed",
        "POST, /data?acl, MethodNotAllowed",
        "POST, /, MethodNotAllowed",
        "POST, /data, MalformedPOSTRequest",
        "PUT, /data/a?partNumber=0&uploadId=u, InvalidArgument",
        "PUT, /data/a?partNumber=10001&uploadId=u, InvalidArgument",
        "PUT, /data/a?partNumber=x&uploadId=u, InvalidArgument",
        "GET, /data/a?uploadId=, NoSuchUpload",
        "GET, /data/a?acl&tagging, InvalidArgument",
        "GET, /data/a?versionId=, InvalidArgument"
    })
    void what_is_none_of_ours_is_never_taken_for_a_plain_operation(String method, String target, String code) {
        assertThatThrownBy(() -> parse(method, target, Headers.NONE))
                .isInstanceOfSatisfying(
                        S3Refused.class,
                        refused -> assertThat(refused.error().code()).isEqualTo(code));
    }
}
