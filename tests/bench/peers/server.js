// The Node peer: @tus/server with @tus/s3-store as their own documents set them up, on the store of the environment.
import { S3Store } from "@tus/s3-store";
import { Server } from "@tus/server";

// The embedded store answers with the user metadata of the newest object only, and the peer keeps its multipart ids there. So it is given
// what it has just written as if it had read it once already: one round trip less for it, all others as they are.
class RememberingStore extends S3Store {
  async saveMetadata(upload, uploadId) {
    await super.saveMetadata(upload, uploadId);
    await this.cache.set(upload.id, { file: upload, "upload-id": uploadId, "tus-version": "1.0.0" });
  }
}

const env = process.env;
const datastore = new RememberingStore({
  partSize: Number(env.PEER_PART_BYTES),
  s3ClientConfig: {
    bucket: env.OMSAP_S3_BUCKET,
    endpoint: env.OMSAP_S3_ENDPOINT,
    region: env.OMSAP_S3_REGION,
    forcePathStyle: true,
    requestChecksumCalculation: "WHEN_REQUIRED", // as ours and boto3 here
    credentials: { accessKeyId: env.OMSAP_S3_ACCESS_KEY, secretAccessKey: env.OMSAP_S3_SECRET_KEY },
  },
});
new Server({ path: "/files", datastore }).listen({ host: "127.0.0.1", port: Number(env.PEER_PORT) });
