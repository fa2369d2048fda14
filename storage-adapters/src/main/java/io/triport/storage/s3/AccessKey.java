package io.triport.storage.s3;

import io.triport.domain.identity.Secret;

/** What requests are signed with. @param sessionToken empty for a long-lived key */
record AccessKey(String id, Secret secret, Secret sessionToken) {}
