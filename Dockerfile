# The page in a container: docker build -t mimic . && docker run -p 127.0.0.1:7860:7860 mimic
# docs/container.md says more; tests/test_container.py checks these steps where there is no Docker.

FROM python:3.11-slim AS build
# CPU wheels of torch, a tenth of the size; for a GPU: --build-arg TORCH_INDEX=https://pypi.org/simple
ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu
WORKDIR /build
COPY requirements.txt ./
RUN python -m venv /opt/venv \
    && grep -E '^torch(vision)?==' requirements.txt > torch.txt \
    && /opt/venv/bin/pip install --no-cache-dir --index-url "$TORCH_INDEX" -r torch.txt \
    && /opt/venv/bin/pip install --no-cache-dir -r requirements.txt

FROM python:3.11-slim
ENV PATH=/opt/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    HOME=/data XDG_CACHE_HOME=/data/cache HF_HOME=/data/hub GRADIO_TEMP_DIR=/data/uploads \
    MPLCONFIGDIR=/data/cache/matplotlib
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin mimic \
    && install -d -o mimic -g mimic /data /data/uploads
WORKDIR /app
COPY --from=build /opt/venv /opt/venv
COPY app.py LICENSE ./
COPY mimic ./mimic
COPY analysis ./analysis
COPY demo ./demo
COPY assets ./assets
# All that is written: indexes, what came from the hub, and uploads, which go with their run.
VOLUME /data
USER 10001
EXPOSE 7860
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["python", "-c", "import urllib.request as u; u.build_opener(u.ProxyHandler({})).open('http://127.0.0.1:7860/', timeout=9)"]
ENTRYPOINT ["python", "app.py", "--host", "0.0.0.0"]
CMD []
