export function generateStaticParams() {
  return [{ callId: "_" }];
}
export default function Page() {
  return <h1>call</h1>;
}
