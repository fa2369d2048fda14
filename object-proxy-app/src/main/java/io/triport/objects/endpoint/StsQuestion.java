package io.triport.objects.endpoint;

/** What STS is asked. @param role one that is configured; empty where the question is about none */
record StsQuestion(String action, String role) {
    /** Whether a session is what it is about. */
    boolean forSession() {
        return !action.startsWith("Get") || action.equals("GetSessionToken");
    }
}
