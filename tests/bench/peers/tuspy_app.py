"""The Python peer: tuspyserver with its S3 storage as its own documents set it up, on the store of the environment."""

import os

import boto3
from botocore.config import Config
from fastapi import FastAPI
from tuspyserver import create_tus_router
from tuspyserver.storage.s3 import S3Storage

client = boto3.client(
    "s3",
    endpoint_url=os.environ["OMSAP_S3_ENDPOINT"],
    region_name=os.environ["OMSAP_S3_REGION"],
    aws_access_key_id=os.environ["OMSAP_S3_ACCESS_KEY"],
    aws_secret_access_key=os.environ["OMSAP_S3_SECRET_KEY"],
    config=Config(request_checksum_calculation="when_required", max_pool_connections=64),
)
storage = S3Storage(os.environ["OMSAP_S3_BUCKET"], client, part_size=int(os.environ["PEER_PART_BYTES"]))
app = FastAPI()
app.include_router(create_tus_router(prefix="files", storage=storage))
