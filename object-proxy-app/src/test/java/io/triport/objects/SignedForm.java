package io.triport.objects;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A form as a page has it that uploads to a bucket. */
record SignedForm(TestSigner signer, String key, Map<String, String> more) {
    static final Map<String, String> TYPE = Map.of("content-type", "multipart/form-data; boundary=xYx");
    /** @param more fields, which the policy covers */
    SignedForm {
        more = Map.copyOf(more);
    }

    String body(String bucket, String file) {
        var covered = more.keySet().stream()
                .map(name -> ", [\"starts-with\", \"$" + name + "\", \"\"]")
                .collect(Collectors.joining());
        return withPolicy("""
            {"expiration": "2099-01-01T00:00:00Z", "conditions": [
              ["starts-with", "$key", ""], ["starts-with", "$x-amz-credential", ""], ["starts-with", "$x-amz-date", ""],
              {"x-amz-algorithm": "AWS4-HMAC-SHA256"}, {"bucket": "%s"}, ["content-length-range", 2, 8]%s]}
            """.formatted(bucket, covered), file);
    }

    /** Signed, whatever it says. */
    String withPolicy(String policy, String file) {
        var encoded = Base64.getEncoder().encodeToString(policy.getBytes(StandardCharsets.UTF_8));
        var fields = new LinkedHashMap<String, String>();
        fields.put("key", key);
        fields.putAll(more);
        fields.put("policy", encoded);
        fields.putAll(signer.signedPolicy(encoded));
        return fields.entrySet().stream()
                        .map(field -> "--xYx\r\nContent-Disposition: form-data; name=\"" + field.getKey() + "\"\r\n\r\n"
                                + field.getValue() + "\r\n")
                        .collect(Collectors.joining())
                + "--xYx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f.txt\"\r\n\r\n" + file
                + "\r\n--xYx--\r\n";
    }
}
